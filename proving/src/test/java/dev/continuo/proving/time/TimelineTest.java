package dev.continuo.proving.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void thingsHappenAtTheirTimesAndNotAfterTheyWereCancelled() {
        final Timeline timeline = new Timeline(1);
        final long begin = timeline.clock().nanoTime();
        final List<String> seen = new ArrayList<>();
        timeline.in(20, () -> seen.add("20 at " + (timeline.clock().nanoTime() - begin)));
        timeline.in(10, () -> seen.add("10 at " + (timeline.clock().nanoTime() - begin)));
        final Timeline.Cancel never = timeline.in(15, () -> seen.add("never"));
        timeline.every(8, () -> seen.add("every 8 at " + (timeline.clock().nanoTime() - begin)));
        assertTrue(never.cancel());
        timeline.runUntil(begin + 20);
        assertEquals(List.of("every 8 at 8", "10 at 10", "every 8 at 16", "20 at 20"), seen);
    }

    @Test
    void anHourOfActorsRepeatsWithItsSeedAndNotWithAnother() {
        final List<String> once = gossip(7);
        assertEquals(once, gossip(7));
        assertNotEquals(once, gossip(8));
        assertEquals(3 * 3600, once.stream().filter(line -> line.contains("tick")).count());
        assertEquals(4, once.stream().filter(line -> line.contains("begins")).count(), "one of them failed once and was started again after its back-off");
    }

    /** Three actors that tick each second for an hour; one fails in the middle. */
    private static List<String> gossip(final long seed) {
        final Timeline timeline = new Timeline(seed);
        final long begin = timeline.clock().nanoTime();
        final List<String> seen = new ArrayList<>();
        final ActorSystem<Void> system = SteppedActors.open(timeline, Behaviors.setup(context -> {
            for (int i = 0; i < 3; i++) {
                final String name = "actor-" + i;
                context.spawn(Behaviors.supervise(ticking(name, timeline, begin, seen))
                    .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0)), name);
            }
            return Behaviors.empty();
        }), "gossip");
        timeline.runUntil(begin + 3600 * SECOND + SECOND / 2);
        system.terminate();
        timeline.settle();
        return seen;
    }

    private static Behavior<String> ticking(final String name, final Timeline timeline, final long begin, final List<String> seen) {
        return Behaviors.setup(context -> {
            seen.add(name + " begins at " + (timeline.clock().nanoTime() - begin));
            return Behaviors.withTimers(timers -> {
                timers.startTimerAtFixedRate("tick", Duration.ofSeconds(1));
                return Behaviors.receiveMessage(message -> {
                    final long atNanos = timeline.clock().nanoTime() - begin;
                    seen.add(name + " tick at " + atNanos);
                    if (name.equals("actor-1") && atNanos == 1800 * SECOND) {
                        throw new IllegalStateException("in the middle");
                    }
                    return Behaviors.same();
                });
            });
        });
    }
}
