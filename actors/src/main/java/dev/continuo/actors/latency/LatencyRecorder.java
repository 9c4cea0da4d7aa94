package dev.continuo.actors.latency;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

import java.util.EnumMap;
import java.util.Map;

/**
 * Takes the durations that one stage measures. {@link #record} is called by the stage's thread and neither allocates nor waits;
 * {@link LatencyLog} reads on another thread.
 */
public final class LatencyRecorder {
    /** Records nothing; may be shared by threads. */
    public static final LatencyRecorder NONE = new LatencyRecorder("none");
    /** Durations above a minute are recorded as one. */
    public static final long HIGHEST_NANOS = 60_000_000_000L;
    private static final long LOWEST_NANOS = 100;
    private static final int DIGITS = 3;

    private final String source;
    private final Map<Latency, Integer> kinds = new EnumMap<>(Latency.class);
    private final SingleWriterRecorder[] recorders = new SingleWriterRecorder[Latency.values().length];

    /** A recorder of the given durations for the stage {@code source}. */
    public LatencyRecorder(final String source, final Latency... latencies) {
        this.source = source;
        for (final Latency latency : latencies) {
            kinds.put(latency, latency.ordinal());
            recorders[latency.ordinal()] = new SingleWriterRecorder(LOWEST_NANOS, HIGHEST_NANOS, DIGITS);
        }
    }

    /** The stage's name. */
    public String source() {
        return source;
    }

    /** Records one duration; negative ones, which a clock's resolution can make, count as zero. Ignored if not among this stage's. */
    public void record(final Latency latency, final long nanos) {
        final SingleWriterRecorder recorder = recorders[latency.ordinal()];
        if (recorder != null) {
            recorder.recordValue(Math.min(Math.max(nanos, 0), HIGHEST_NANOS));
        }
    }

    /** The durations that this stage measures. */
    Iterable<Latency> latencies() {
        return kinds.keySet();
    }

    /** What was recorded since the last call; the reader's thread only. */
    Histogram interval(final Latency latency, final Histogram recycled) {
        return recorders[latency.ordinal()].getIntervalHistogram(recycled);
    }

    /** An empty histogram of the same shape. */
    static Histogram emptyHistogram() {
        return new Histogram(LOWEST_NANOS, HIGHEST_NANOS, DIGITS);
    }
}
