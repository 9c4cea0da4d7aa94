package dev.continuo.benchmarks.stutter;

import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Table;
import dev.continuo.training.evaluation.StutterEvaluation;
import java.util.List;
import java.util.Locale;

/**
 * What {@code bench stutter} found.
 *
 * @param circumstances under what it was begun
 * @param model         the model's folder
 * @param split         which trials
 * @param seeds         each played all trials of the split
 * @param limit         trials of each seed at most; 0 for all
 * @param cases         one for each strategy and delay
 */
public record StutterReport(Circumstances circumstances, String model, String split, List<Long> seeds, int limit, List<Case> cases) {

    /**
     * One strategy at one delay.
     *
     * @param strategy         as {@code playback.strategy} names it
     * @param delayMillis      how long a chunk takes, from its observation on
     * @param executionHorizon rows after which the next chunk is wanted
     * @param figures          how it went
     */
    public record Case(String strategy, int delayMillis, int executionHorizon, StutterEvaluation figures) {
        boolean is(final String otherStrategy, final int otherDelayMillis) {
            return strategy.equals(otherStrategy) && delayMillis == otherDelayMillis;
        }
    }

    boolean isOf(final StutterReport other) {
        return model.equals(other.model) && split.equals(other.split) && seeds.equals(other.seeds) && limit == other.limit;
    }

    /** For people. */
    String text() {
        final Table table = new Table("strategy", "delay", "success", "95 %", "stalls", "stalled", "takeovers", "boundary p50", "p99", "max", "within p50", "p99", "max", "max ratio");
        for (final Case one : cases) {
            final StutterEvaluation it = one.figures;
            table.row(List.of(one.strategy, one.delayMillis + " ms", it.successes() + "/" + it.trials(), String.format(Locale.ROOT, "%.0f-%.0f %%", 100 * it.low(), 100 * it.high()),
                Long.toString(it.stalls()), String.format(Locale.ROOT, "%.1f %%", 100 * it.stalledShare()), Long.toString(it.takeovers()),
                number(it.boundary().p50()), number(it.boundary().p99()), number(it.boundary().most()), number(it.within().p50()), number(it.within().p99()), number(it.within().most()),
                String.format(Locale.ROOT, "%.2f", it.within().most() == 0 ? 0 : it.boundary().most() / it.within().most())));
        }
        return "math matching, " + split + ", seeds " + seeds + ", model " + model + "; jerk of commanded joints, rad/s^3\n" + circumstances.text() + "\n\n" + table.render();
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }
}
