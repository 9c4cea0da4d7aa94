package dev.continuo.training.evaluation;

import dev.continuo.actors.model.LoadedModel;
import dev.continuo.config.Profile;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.task.WilsonInterval;
import dev.continuo.simulation.toys.Relation;
import dev.continuo.simulation.toys.ToyPlacement;
import dev.continuo.simulation.toys.ToyRenderer;
import dev.continuo.simulation.toys.ToyTrial;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The trials of toy placement of a split and how they went: a table beside the paper's figures (ChatVLA-2, NeurIPS 2025, Table 2), and JSON.
 *
 * @param policy  its name
 * @param split   which trials
 * @param seed    of scenes and sampling
 * @param results one per trial
 */
record ToyEvaluation(String policy, Split split, long seed, List<ToyResult> results) {
    /** Copies the results. */
    ToyEvaluation {
        results = List.copyOf(results);
    }

    /**
     * Plays trials.
     *
     * @param limit    trials at most; 0 for all of the split
     * @param progress told of each result
     */
    static ToyEvaluation run(final Profile profile, final LoadedModel model, final String policy, final Split split, final long seed, final int limit,
        final Consumer<ToyResult> progress) {
        final List<ToyTrial> trials = TrialPool.first(ToyPlacement.trials(split, seed), limit);
        return new ToyEvaluation(policy, split, seed, TrialPool.play(ToyRenderer::new, trials, seed, (renderer, trial, own) -> {
            final ToyTrialCell cell = new ToyTrialCell(profile, trial, renderer);
            try (ClosedLoopTrial loop = EvaluationCell.open(profile, cell, model.reasoner(), model.policy(own))) {
                return cell.result(loop.play(trial.instruction().text(), _ -> false));
            }
        }, progress));
    }

    private int successes() {
        return (int) results.stream().filter(ToyResult::success).count();
    }

    private long successes(final Relation relation) {
        return results.stream().filter(result -> result.success() && result.trial().instruction().relation() == relation).count();
    }

    private long trials(final Relation relation) {
        return results.stream().filter(result -> result.trial().instruction().relation() == relation).count();
    }

    private WilsonInterval interval() {
        return WilsonInterval.of(successes(), results.size());
    }

    private double objectScore() {
        return results.stream().mapToDouble(ToyResult::objectScore).average().orElse(0);
    }

    private double spatialScore() {
        return results.stream().mapToInt(ToyResult::spatialScore).average().orElse(0);
    }

    /** One line on a trial. */
    static String line(final ToyResult result) {
        return String.format(Locale.ROOT, "%-60s object %.1f space %d  %-7s %4.1f s  %s | %s", result.trial().instruction().text(), result.objectScore(),
            result.spatialScore(), result.success() ? "success" : "failed", result.seconds(), result.outcome(), result.reasoning());
    }

    /** Prints the table. */
    void print(final PrintStream out) {
        out.printf(Locale.ROOT, "%ntoy placement, %s, seed %d, %d trials in the simulated cell%n", split.label(), seed, results.size());
        out.printf("%-26s %8s %8s %10s   %s%n", "policy", "object", "space", "success", "95 % interval");
        out.printf(Locale.ROOT, "%-26s %8.2f %8.2f %10s   %.0f-%.0f %%%n", policy, objectScore(), spatialScore(), successes() + "/" + results.size(),
            100 * interval().low(), 100 * interval().high());
        out.printf(Locale.ROOT, "%-26s %8s %8s %10s%n", "chance (a toy, a block and a place blindly)", "", "", "%.0f %%".formatted(100 * ToyPlacement.CHANCE));
        for (final Relation relation : Relation.values()) {
            out.printf("  %-24s %18s%10s%n", relation.word(), "", successes(relation) + "/" + trials(relation));
        }
        if (split == Split.IN_DOMAIN) {
            out.println("paper, real robot: ChatVLA-2 1, 0.99, 61/67; DexVLA 1, 0.97, 63/67; ChatVLA 1, 0.97, 60/67");
        } else {
            out.println("paper, real robot: ChatVLA-2 0.94, 0.88, 127/156; DexVLA 0.23, 0.12, 36/156; ChatVLA 0.71, 0.35, 22/156");
        }
        out.println("The paper's figures are from another robot, other data and a model 400 times as large; only the protocol is the same.");
    }

    /** Writes the JSON. */
    void write(final Path file) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("task", ToyPlacement.NAME);
        json.put("policy", policy);
        json.put("split", split.label());
        json.put("seed", seed);
        json.put("trials", results.size());
        json.put("successes", successes());
        json.put("wilson95", List.of(interval().low(), interval().high()));
        json.put("chance", ToyPlacement.CHANCE);
        json.put("object_recognition", objectScore());
        json.put("spatial_affordance", spatialScore());
        json.put("results", results.stream().map(ToyEvaluation::json).toList());
        JsonReport.write(json, file);
    }

    private static Map<String, Object> json(final ToyResult result) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("instruction", result.trial().instruction().text());
        json.put("reasoning", result.reasoning());
        json.put("object_recognition", result.objectScore());
        json.put("spatial_affordance", result.spatialScore());
        json.put("success", result.success());
        json.put("outcome", result.outcome());
        json.put("seconds", result.seconds());
        json.put("held", result.held());
        return json;
    }
}
