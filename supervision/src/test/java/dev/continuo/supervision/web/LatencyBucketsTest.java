package dev.continuo.supervision.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBucket;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.HdrHistogram.Histogram;

class LatencyBucketsTest {
    /** Of an HdrHistogram that begins at 100 ns. */
    private static final double RESOLUTION_SECONDS = 64e-9;

    @Property(tries = 200)
    void bothViewsHoldEveryDurationWhereItBelongs(@ForAll @Size(min = 1, max = 200) final List<@LongRange(min = 0, max = 60_000_000_000L) Long> nanos) {
        final Histogram histogram = new Histogram(100, 60_000_000_000L, 3);
        nanos.forEach(histogram::recordValue);
        final HistogramDataPointSnapshot point = LatencyBuckets.of(histogram, Labels.EMPTY);
        assertEquals(nanos.size(), point.getCount());
        assertEquals(nanos.stream().mapToDouble(value -> value * 1e-9).sum(), point.getSum(), 2e-3 * point.getSum() + nanos.size() * 1e-7);
        assertEquals(nanos.size(), point.getClassicBuckets().stream().mapToLong(bucket -> bucket.getCount()).sum());
        final double growth = Math.pow(2, 1.0 / 8);
        long counted = point.getNativeZeroCount();
        for (final NativeHistogramBucket bucket : point.getNativeBucketsForPositiveValues()) {
            final double upper = Math.pow(growth, bucket.getBucketIndex());
            final double lower = upper / growth;
            final long within = nanos.stream().filter(value -> value * 1e-9 > lower * 0.998 - RESOLUTION_SECONDS && value * 1e-9 <= upper * 1.002 + RESOLUTION_SECONDS).count();
            assertTrue(within >= bucket.getCount(), () -> "bucket to " + upper + " s holds " + bucket.getCount() + " of " + within);
            counted += bucket.getCount();
        }
        assertEquals(nanos.size(), counted);
    }
}
