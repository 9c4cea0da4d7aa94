package dev.continuo.training.evaluation;

import dev.continuo.actors.model.LoadedModel;
import dev.continuo.config.Profile;
import dev.continuo.simulation.task.MathMatching;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.task.TrialSpec;
import dev.continuo.simulation.task.WilsonInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * How well, and how smoothly, math matching is played when a chunk takes a given time to compute.
 *
 * @param trials           how many were played
 * @param successes        of them
 * @param low              the lower end of the 95 % interval of the success rate, 0 to 1 (Wilson)
 * @param high             the upper end
 * @param chance           success rate of laying random cards
 * @param takeovers        chunks that took over from another, counted at each arm
 * @param stalls           times that an arm that plays had no row that was due
 * @param stalledShare     of the time that the arms played
 * @param boundary         jerk of the commanded joints within 100 ms after takeovers
 * @param within           jerk elsewhere
 */
public record StutterEvaluation(
    int trials, int successes, double low, double high, double chance, long takeovers, long stalls, double stalledShare, Jerk boundary, Jerk within) {

    /**
     * Jerk of the commanded joints, the largest of an arm's joints at each moment, rad/s^3.
     *
     * @param moments how many
     * @param p50     the median
     * @param p99     99 of 100 were at most this
     * @param most    the largest
     */
    public record Jerk(int moments, double p50, double p99, double most) {
        private static Jerk of(final double[] values) {
            final double[] sorted = values.clone();
            Arrays.sort(sorted);
            return new Jerk(sorted.length, quantile(sorted, 0.5), quantile(sorted, 0.99), quantile(sorted, 1));
        }

        private static double quantile(final double[] sorted, final double share) {
            return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
        }
    }

    private record Played(boolean success, MotionRecord.Motion motion) {
    }

    /**
     * Plays trials.
     *
     * @param profile    the cell, with the strategy
     * @param chunkNanos how long a chunk takes, from its observation on
     * @param seeds      each plays all trials of the split
     * @param limit      trials of each seed at most; 0 for all
     * @param progress   told how many trials were played
     */
    public static StutterEvaluation run(final Profile profile, final LoadedModel model, final String split, final List<Long> seeds, final int limit, final long chunkNanos, final IntConsumer progress) {
        final List<Played> played = new ArrayList<>();
        double chance = 0;
        for (final long seed : seeds) {
            final List<TrialSpec> trials = TrialPool.first(MathMatching.trials(Split.of(split), seed), limit);
            chance += MathMatching.chance(trials) / seeds.size();
            TrialPool.play(() -> EvaluationCell.renderer(profile), trials, seed, (renderer, trial, own) -> {
                final CardCell cell = new CardCell(profile, trial, renderer, own);
                try (ClosedLoopTrial loop = EvaluationCell.open(profile, cell, model.reasoner(), model.policy(own), chunkNanos)) {
                    final MotionRecord record = loop.recordMotion();
                    return new Played(cell.result(loop.play()).success(), record.motion());
                }
            }, one -> {
                played.add(one);
                progress.accept(played.size());
            });
        }
        final int successes = (int) played.stream().filter(Played::success).count();
        final WilsonInterval interval = WilsonInterval.of(successes, played.size());
        final MotionRecord.Motion motion = MotionRecord.Motion.of(played.stream().map(Played::motion).toList());
        return new StutterEvaluation(played.size(), successes, interval.low(), interval.high(), chance, motion.takeovers(), motion.stalls(),
            (double) motion.stalledNanos() / Math.max(1, motion.playedNanos()), Jerk.of(motion.besideTakeovers()), Jerk.of(motion.apartFromThem()));
    }
}
