package dev.continuo.supervision.report;

import org.HdrHistogram.AbstractHistogram;

/**
 * One histogram in five numbers, in nanoseconds.
 *
 * @param count values recorded
 * @param p50   median
 * @param p99   99th percentile
 * @param p999  99.9th percentile
 * @param max   largest value
 */
public record LatencySummary(long count, long p50, long p99, long p999, long max) {

    /** The summary of a histogram. */
    public static LatencySummary of(final AbstractHistogram histogram) {
        return new LatencySummary(histogram.getTotalCount(), histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(99),
            histogram.getValueAtPercentile(99.9), histogram.getMaxValue());
    }
}
