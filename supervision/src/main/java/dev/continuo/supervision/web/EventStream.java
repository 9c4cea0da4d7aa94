package dev.continuo.supervision.web;

import dev.continuo.actors.agent.Watched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * What one who watches is sent, as server-sent events by name: {@code motion} and {@code status} always, {@code plan}, {@code reasoning} and {@code latency} when there is something new. Whoever
 * takes them slowly misses some.
 *
 * <p>Times are seconds since the service began to listen.
 */
final class EventStream {
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final double NANOS_PER_SECOND = 1e9;

    private final WebParts parts;
    private final LatencyTimeline timeline;
    private final long originNanos;
    private long planSent;
    private String reasoningSent = "";
    private long latencySent;

    private EventStream(final WebParts parts, final LatencyTimeline timeline, final long originNanos) {
        this.parts = parts;
        this.timeline = timeline;
        this.originNanos = originNanos;
    }

    /**
     * The events for one connection.
     *
     * @param originNanos when the service began to listen
     */
    static Source<ByteString, ?> events(final WebParts parts, final LatencyTimeline timeline, final long originNanos) {
        return Source.tick(Duration.ZERO, PERIOD, NotUsed.getInstance()).statefulMapConcat(() -> new EventStream(parts, timeline, originNanos)::next);
    }

    private Iterable<ByteString> next(final NotUsed tick) {
        final List<ByteString> events = new ArrayList<>();
        parts.feed().status().ifPresent(status -> events.add(event("status", status)));
        events.add(event("motion", Map.of("at", seconds(parts.clock().nanoTime()), "arms", parts.watched().arms().stream().map(this::motion).toList(),
            "sensors", parts.watched().samples().stream().map(this::sample).toList())));
        final Optional<Watched.Plan> plan = parts.watched().plan().filter(newest -> newest.sequence() != planSent);
        plan.ifPresent(newest -> {
            planSent = newest.sequence();
            events.add(event("plan", Map.of("at", seconds(newest.firstRowAtNanos()), "rowPeriod", newest.rowPeriodNanos() / NANOS_PER_SECOND, "rows", newest.rows())));
        });
        final String reasoning = parts.watched().reasoning();
        if (!reasoning.equals(reasoningSent)) {
            reasoningSent = reasoning;
            events.add(event("reasoning", Map.of("text", reasoning)));
        }
        final LatencyTimeline.Taken taken = timeline.newest();
        if (taken.number() != latencySent) {
            latencySent = taken.number();
            events.add(event("latency", Map.of("at", seconds(parts.clock().nanoTime()), "latencies", taken.latencies())));
        }
        return events;
    }

    private Map<String, Object> motion(final Watched.Arm arm) {
        return Map.of("index", arm.index(), "at", seconds(arm.observedAtNanos()), "mode", arm.mode().name(), "position", arm.position(), "setpoint", arm.setpoint());
    }

    private Map<String, Object> sample(final Watched.Sample sample) {
        return Map.of("index", sample.index(), "at", seconds(sample.observedAtNanos()), "values", sample.values());
    }

    private double seconds(final long nanos) {
        return (nanos - originNanos) / NANOS_PER_SECOND;
    }

    private static ByteString event(final String name, final Object data) {
        return ByteString.fromString("event: " + name + "\ndata: " + Answers.write(data) + "\n\n");
    }
}
