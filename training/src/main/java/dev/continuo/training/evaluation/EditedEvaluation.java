package dev.continuo.training.evaluation;

import dev.continuo.actors.model.LoadedModel;
import dev.continuo.config.Profile;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.task.MathMatching;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.task.TrialSpec;
import dev.continuo.simulation.task.WilsonInterval;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Trials whose reasoning is replaced by a wrong one on the way, and whether the arms did what the words said.
 *
 * @param policy       its name
 * @param split        which trials
 * @param seed         of scenes, sampling, and the cards that are named
 * @param afterSeconds when the words changed, in each trial's time
 * @param outcomes     one per trial
 */
record EditedEvaluation(String policy, Split split, long seed, double afterSeconds, List<Outcome> outcomes) {
    /** The share of trials in which a card taken blindly is the one that the words name. */
    private static final double CHANCE = 1.0 / CellGeometry.CARDS;

    /**
     * How a trial went.
     *
     * @param named the digit that the words named
     * @param taken the digit on the card that was taken first, -1 if none was
     */
    record Outcome(TrialSpec trial, int named, int taken) {
        /** Whether the card that was named was taken. */
        boolean followed() {
            return taken == named;
        }

        /** One line. */
        String line() {
            return String.format(Locale.ROOT, "%-8s cards %s  asked for %d, told %d: %s", trial.equation(), trial.cards(),
                trial.answerDigits()[0], named, taken < 0 ? "took none" : "took " + taken + (followed() ? ", as told" : ""));
        }
    }

    /** Copies the outcomes. */
    EditedEvaluation {
        outcomes = List.copyOf(outcomes);
    }

    /** Plays trials; {@code progress} is told of each. */
    static EditedEvaluation run(final Profile profile, final LoadedModel model, final String policy, final Split split, final long seed,
        final int limit, final double afterSeconds, final Consumer<Outcome> progress) {
        final List<TrialSpec> trials = TrialPool.first(MathMatching.trials(split, seed), limit);
        return new EditedEvaluation(policy, split, seed, afterSeconds,
            TrialPool.play(() -> EvaluationCell.renderer(profile), trials, seed, (renderer, trial, own) -> {
                final ReasoningEdit edit = new ReasoningEdit(trial, Math.round(afterSeconds * 1e9), own);
                final CardCell cell = new CardCell(profile, trial, renderer, own);
                try (ClosedLoopTrial loop = EvaluationCell.open(profile, cell, model.reasoner(edit), model.policy(own))) {
                    loop.play(played -> edit.hasSeenEnough(cell.scene(), played));
                }
                return edit.outcome();
            }, progress));
    }

    private int followed() {
        return (int) outcomes.stream().filter(Outcome::followed).count();
    }

    private WilsonInterval interval() {
        return WilsonInterval.of(followed(), outcomes.size());
    }

    /** Prints the table. */
    void print(final PrintStream out) {
        out.printf(Locale.ROOT, "%nmath matching, %s, seed %d, %d trials with a wrong reasoning from %.1f s on%n", split.label(), seed,
            outcomes.size(), afterSeconds);
        out.printf(Locale.ROOT, "%-26s %s   %.0f-%.0f %%%n", policy, "took the card that the words name: " + followed() + "/"
            + outcomes.size(), 100 * interval().low(), 100 * interval().high());
        out.printf(Locale.ROOT, "%-26s %.0f %%%n", "chance (a card blindly)", 100 * CHANCE);
    }

    /** Writes the JSON. */
    void write(final Path file) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("task", MathMatching.NAME);
        json.put("policy", policy);
        json.put("edited_after_seconds", afterSeconds);
        json.put("split", split.label());
        json.put("seed", seed);
        json.put("trials", outcomes.size());
        json.put("followed", followed());
        json.put("wilson95", List.of(interval().low(), interval().high()));
        json.put("chance", CHANCE);
        json.put("results", outcomes.stream().map(outcome -> Map.of("equation", outcome.trial.equation().text(),
            "cards", outcome.trial.cards(), "named", outcome.named, "taken", outcome.taken, "followed", outcome.followed())).toList());
        JsonReport.write(json, file);
    }
}
