package dev.continuo.training.evaluation;

import dev.continuo.actors.model.LoadedModel;
import dev.continuo.config.Profile;
import dev.continuo.simulation.task.MathMatching;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.task.TrialSpec;
import dev.continuo.simulation.task.WilsonInterval;
import java.util.List;
import java.util.function.Consumer;

/**
 * The trials of a split and how they went.
 *
 * @param split   which trials
 * @param seed    of scenes and sampling
 * @param chance  success rate of laying random cards, 0 to 1
 * @param results one per trial
 */
public record Evaluation(Split split, long seed, double chance, List<TrialResult> results) {
    /** Copies the results. */
    public Evaluation {
        results = List.copyOf(results);
    }

    /**
     * Plays trials.
     *
     * @param limit    trials at most; 0 for all of the split
     * @param progress told of each result
     */
    static Evaluation run(final Profile profile, final LoadedModel model, final Split split, final long seed, final int limit,
        final Consumer<TrialResult> progress) {
        final List<TrialSpec> trials = TrialPool.first(MathMatching.trials(split, seed), limit);
        return new Evaluation(split, seed, MathMatching.chance(trials),
            TrialPool.play(() -> EvaluationCell.renderer(profile), trials, seed, (renderer, trial, own) -> {
                final CardCell cell = new CardCell(profile, trial, renderer, own);
                try (ClosedLoopTrial loop = EvaluationCell.open(profile, cell, model.reasoner(), model.policy(own))) {
                    return cell.result(loop.play());
                }
            }, progress));
    }

    /** Trials that succeeded. */
    public int successes() {
        return (int) results.stream().filter(TrialResult::success).count();
    }

    /** The 95 % interval of the success rate. */
    public WilsonInterval interval() {
        return WilsonInterval.of(successes(), results.size());
    }

    /** Mean points for reading, of 4. */
    public double ocr() {
        return results.stream().mapToInt(result -> result.scores().ocr()).average().orElse(0);
    }

    /** Mean points for mathematics, of 2. */
    public double mathematics() {
        return results.stream().mapToInt(result -> result.scores().mathematics()).average().orElse(0);
    }
}
