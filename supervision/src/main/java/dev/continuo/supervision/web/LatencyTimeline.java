package dev.continuo.supervision.web;

import dev.continuo.actors.latency.LatencySummary;
import dev.continuo.actors.latency.LatencyTotal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.NanoClock;

/** What was measured lately, for all who look: taken once a second at most, and only while somebody asks. Safe for use by any thread. */
final class LatencyTimeline {
    private static final long PERIOD_NANOS = 1_000_000_000L;

    private final Supplier<List<LatencyTotal>> totals;
    private final NanoClock clock;
    private final Map<String, Histogram> before = new HashMap<>();
    private List<Recent> newest = List.of();
    private long takenAtNanos;
    private long number;

    /**
     * One duration of one stage since the last time that somebody looked, a second ago or more.
     *
     * @param stage   the stage
     * @param latency the duration's name
     * @param recent  nanoseconds
     */
    record Recent(String stage, String latency, LatencySummary recent) {
    }

    /**
     * All durations.
     *
     * @param number    counts from 1
     * @param latencies those of which anything was recorded
     */
    record Taken(long number, List<Recent> latencies) {
    }

    LatencyTimeline(final Supplier<List<LatencyTotal>> totals, final NanoClock clock) {
        this.totals = totals;
        this.clock = clock;
        takenAtNanos = clock.nanoTime() - PERIOD_NANOS;
    }

    /** The newest there is; another than before about once a second. */
    synchronized Taken newest() {
        final long nowNanos = clock.nanoTime();
        if (nowNanos - takenAtNanos >= PERIOD_NANOS) {
            takenAtNanos = nowNanos;
            number++;
            newest = take();
        }
        return new Taken(number, newest);
    }

    private List<Recent> take() {
        final List<Recent> recent = new ArrayList<>();
        for (final LatencyTotal total : totals.get()) {
            final Histogram earlier = before.put(total.source() + ' ' + total.latency(), total.histogram());
            final Histogram difference = total.histogram().copy();
            if (earlier != null) {
                difference.subtract(earlier);
            }
            if (difference.getTotalCount() > 0) {
                recent.add(new Recent(total.source(), total.latency().label(), LatencySummary.of(difference)));
            }
        }
        return List.copyOf(recent);
    }
}
