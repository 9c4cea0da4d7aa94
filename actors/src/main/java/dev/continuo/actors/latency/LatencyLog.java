package dev.continuo.actors.latency;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gathers what the recorders took, outside the control path: per interval into a {@code .hlog} file, and in total.
 *
 * <p>{@link #collect} is called at leisure, say once a second, by any thread. Lines of the file are tagged with stage and duration,
 * {@code arm-left.loop-lateness}; HdrHistogram's tools read them.
 */
public final class LatencyLog implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Entry> entries = new ArrayList<>();
    private final HistogramLogWriter writer;

    private LatencyLog(final HistogramLogWriter writer) {
        this.writer = writer;
    }

    /** A log that keeps totals only. */
    public static LatencyLog inMemory() {
        return new LatencyLog(null);
    }

    /** A log that also writes each interval to {@code file}, which is replaced. */
    public static LatencyLog to(final Path file) {
        try {
            final HistogramLogWriter writer = new HistogramLogWriter(file.toFile());
            writer.outputLogFormatVersion();
            writer.outputLegend();
            return new LatencyLog(writer);
        } catch (final FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads this recorder too from now on. */
    public void add(final LatencyRecorder recorder) {
        lock.lock();
        try {
            for (final Latency latency : recorder.latencies()) {
                entries.add(new Entry(recorder, latency));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes in what was recorded since the last call. */
    public void collect() {
        lock.lock();
        try {
            for (final Entry entry : entries) {
                entry.collect(writer);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The totals so far, of all stages together. */
    public Map<Latency, LatencySummary> totals() {
        final Map<Latency, LatencySummary> summaries = new EnumMap<>(Latency.class);
        mergedTotals().forEach((latency, histogram) -> summaries.put(latency, LatencySummary.of(histogram)));
        return summaries;
    }

    /** Copies of the total histograms, of all stages together. */
    public Map<Latency, Histogram> mergedTotals() {
        collect();
        final Map<Latency, Histogram> merged = new EnumMap<>(Latency.class);
        lock.lock();
        try {
            for (final Entry entry : entries) {
                merged.computeIfAbsent(entry.latency, key -> LatencyRecorder.emptyHistogram()).add(entry.total);
            }
        } finally {
            lock.unlock();
        }
        return merged;
    }

    /** Copies of the total histograms of each stage, with all that was recorded until now. */
    public List<LatencyTotal> totalsByStage() {
        collect();
        lock.lock();
        try {
            return entries.stream().map(entry -> new LatencyTotal(entry.recorder.source(), entry.latency, entry.total.copy())).toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        collect();
        if (writer != null) {
            writer.close();
        }
    }

    private static final class Entry {
        private final LatencyRecorder recorder;
        private final Latency latency;
        private final Histogram total = LatencyRecorder.emptyHistogram();
        private Histogram interval;

        private Entry(final LatencyRecorder recorder, final Latency latency) {
            this.recorder = recorder;
            this.latency = latency;
        }

        private void collect(final HistogramLogWriter writer) {
            interval = recorder.interval(latency, interval);
            total.add(interval);
            if (writer != null && interval.getTotalCount() > 0) {
                interval.setTag(recorder.source() + '.' + latency.label());
                writer.outputIntervalHistogram(interval);
            }
        }
    }
}
