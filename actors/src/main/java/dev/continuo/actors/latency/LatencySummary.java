package dev.continuo.actors.latency;

import org.HdrHistogram.Histogram;

/**
 * A histogram in five numbers, nanoseconds.
 *
 * @param count durations recorded
 * @param p50   the median
 * @param p99   99 of 100 were at most this
 * @param p999  999 of 1000 were at most this
 * @param max   the longest
 */
public record LatencySummary(long count, long p50, long p99, long p999, long max) {

    /** The summary of a histogram; all zero when it is empty. */
    public static LatencySummary of(final Histogram histogram) {
        return new LatencySummary(
            histogram.getTotalCount(),
            histogram.getValueAtPercentile(50),
            histogram.getValueAtPercentile(99),
            histogram.getValueAtPercentile(99.9),
            histogram.getMaxValue());
    }
}
