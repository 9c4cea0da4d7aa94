package dev.continuo.benchmarks;

import org.HdrHistogram.AbstractHistogram;

/**
 * A histogram in six numbers, nanoseconds.
 *
 * @param count durations recorded
 * @param p50   the median
 * @param p90   9 of 10 were at most this
 * @param p99   99 of 100 were at most this
 * @param p999  999 of 1000 were at most this
 * @param max   the longest
 */
public record Percentiles(long count, long p50, long p90, long p99, long p999, long max) {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;

    /** The numbers of a histogram; all zero when it is empty. */
    public static Percentiles of(final AbstractHistogram histogram) {
        return new Percentiles(
            histogram.getTotalCount(),
            histogram.getValueAtPercentile(50),
            histogram.getValueAtPercentile(90),
            histogram.getValueAtPercentile(99),
            histogram.getValueAtPercentile(99.9),
            histogram.getMaxValue());
    }

    /** A duration as people read it: three digits in the unit that suits it. */
    public static String text(final long nanos) {
        if (nanos < NANOS_PER_MILLI) {
            return digits(nanos / NANOS_PER_MICRO) + " us";
        }
        return digits(nanos / NANOS_PER_MILLI) + " ms";
    }

    private static String digits(final double value) {
        return String.format(java.util.Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
