package dev.continuo.actors.latency;

import dev.continuo.actors.AllocationMeter;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class LatencyTest {

    @Test
    void recordingDoesNotAllocate() {
        final LatencyRecorder recorder = new LatencyRecorder("arm-left", Latency.LOOP_LATENESS);
        final long[] value = {1};
        assertEquals(0, AllocationMeter.leastAllocatedBy(10_000, () -> {
            value[0] = value[0] * 31 % 1_000_000_007L;
            recorder.record(Latency.LOOP_LATENESS, value[0]);
            recorder.record(Latency.REASONING_TOTAL, value[0]);
        }));
    }

    @Test
    void totalsAddUpOverStagesAndIntervals() {
        final LatencyLog log = LatencyLog.inMemory();
        final LatencyRecorder left = new LatencyRecorder("arm-left", Latency.LOOP_LATENESS);
        final LatencyRecorder right = new LatencyRecorder("arm-right", Latency.LOOP_LATENESS);
        log.add(left);
        log.add(right);
        left.record(Latency.LOOP_LATENESS, 1_000);
        log.collect();
        left.record(Latency.LOOP_LATENESS, -5);
        right.record(Latency.LOOP_LATENESS, Long.MAX_VALUE);
        final Map<Latency, LatencySummary> totals = log.totals();
        assertEquals(3, totals.get(Latency.LOOP_LATENESS).count());
        assertEquals(1_000, totals.get(Latency.LOOP_LATENESS).p50(), 100);
        assertTrue(totals.get(Latency.LOOP_LATENESS).max() >= LatencyRecorder.HIGHEST_NANOS);
        assertFalse(totals.containsKey(Latency.REASONING_TOTAL));
        log.close();
    }

    @Test
    void logFileIsReadByTheStandardReader(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("latency.hlog");
        try (LatencyLog log = LatencyLog.to(file)) {
            final LatencyRecorder recorder = new LatencyRecorder("arm-left", Latency.STATE_TO_COMMAND);
            log.add(recorder);
            recorder.record(Latency.STATE_TO_COMMAND, 5_000);
            log.collect();
            log.collect(); // nothing happened: no line
            recorder.record(Latency.STATE_TO_COMMAND, 7_000);
        }
        final List<String> tags = new ArrayList<>();
        long count = 0;
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            for (EncodableHistogram histogram = reader.nextIntervalHistogram(); histogram != null;
                histogram = reader.nextIntervalHistogram()) {
                tags.add(histogram.getTag());
                count += ((Histogram)histogram).getTotalCount();
            }
        }
        assertEquals(List.of("arm-left.state-to-command", "arm-left.state-to-command"), tags);
        assertEquals(2, count);
    }
}
