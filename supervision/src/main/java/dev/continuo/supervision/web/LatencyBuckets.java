package dev.continuo.supervision.web;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Prometheus' two views of one HdrHistogram, in seconds: buckets of fixed bounds, and a native histogram whose bounds grow by 9 % (schema 3: eight to each power of two), which is as
 * near as its percentiles come to ours.
 */
final class LatencyBuckets {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int SCHEMA = 3;
    private static final double BOUNDS_PER_OCTAVE = 1 << SCHEMA;
    /** What HdrHistogram cannot tell from nothing. */
    private static final double ZERO_SECONDS = 1e-7;
    private static final long[] BOUNDS_NANOS = {
        10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000, 250_000_000, 500_000_000,
        1_000_000_000, 2_500_000_000L, 5_000_000_000L, 10_000_000_000L, 25_000_000_000L};

    private LatencyBuckets() {
    }

    /** Both views. */
    static HistogramDataPointSnapshot of(final Histogram nanos, final Labels labels) {
        final long[] classic = new long[BOUNDS_NANOS.length + 1];
        final Map<Integer, Long> exponential = new TreeMap<>();
        long zeros = 0;
        double sum = 0;
        for (final HistogramIterationValue recorded : nanos.recordedValues()) {
            final long count = recorded.getCountAtValueIteratedTo();
            // A duration that is exactly at a bound is not above it.
            classic[bound(nanos.lowestEquivalentValue(recorded.getValueIteratedTo()))] += count;
            final double seconds = nanos.medianEquivalentValue(recorded.getValueIteratedTo()) / NANOS_PER_SECOND;
            sum += seconds * count;
            if (seconds <= ZERO_SECONDS) {
                zeros += count;
            } else {
                exponential.merge(index(seconds), count, Long::sum);
            }
        }
        return HistogramDataPointSnapshot.builder().classicHistogramBuckets(classic(classic)).nativeSchema(SCHEMA).nativeZeroThreshold(ZERO_SECONDS).nativeZeroCount(zeros)
            .nativeBucketsForPositiveValues(exponential(exponential)).sum(sum).labels(labels).build();
    }

    private static int bound(final long nanos) {
        int bound = 0;
        while (bound < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bound]) {
            bound++;
        }
        return bound;
    }

    /** The bucket that ends at the next power of 2 to the 1/8. */
    private static int index(final double seconds) {
        return (int) Math.ceil(Math.log(seconds) / Math.log(2) * BOUNDS_PER_OCTAVE);
    }

    private static ClassicHistogramBuckets classic(final long[] counts) {
        final double[] bounds = new double[counts.length];
        for (int i = 0; i < BOUNDS_NANOS.length; i++) {
            bounds[i] = BOUNDS_NANOS[i] / NANOS_PER_SECOND;
        }
        bounds[BOUNDS_NANOS.length] = Double.POSITIVE_INFINITY;
        return ClassicHistogramBuckets.of(bounds, counts);
    }

    private static NativeHistogramBuckets exponential(final Map<Integer, Long> counts) {
        final NativeHistogramBuckets.Builder buckets = NativeHistogramBuckets.builder();
        counts.forEach(buckets::bucket);
        return buckets.build();
    }
}
