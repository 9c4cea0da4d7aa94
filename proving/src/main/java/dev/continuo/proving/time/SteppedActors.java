package dev.continuo.proving.time;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;

/** Actor systems whose actors and timers run on a timeline: in one thread, under a virtual clock, in an order drawn from a seed. */
public final class SteppedActors {
    private static final ThreadLocal<Timeline> OPENING = new ThreadLocal<>();
    private static final List<String> DISPATCHERS = List.of("pekko.actor.default-dispatcher", "pekko.actor.internal-dispatcher", "pekko.actor.default-blocking-io-dispatcher");

    private SteppedActors() {
    }

    /** A system whose actors do nothing until the timeline runs. */
    public static <T> ActorSystem<T> open(final Timeline timeline, final Behavior<T> guardian, final String name) {
        OPENING.set(timeline);
        try {
            return ActorSystem.create(guardian, name, config());
        } finally {
            OPENING.remove();
        }
    }

    /** The timeline of the system that is being opened by the calling thread. */
    static Timeline opening() {
        return Objects.requireNonNull(OPENING.get(), "an actor system on a timeline is opened by SteppedActors");
    }

    private static Config config() {
        final Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("pekko.loglevel", "OFF");
        settings.put("pekko.stdout-loglevel", "OFF");
        // The only one that is no actor: opening a system waits for those.
        settings.put("pekko.use-slf4j", false);
        settings.put("pekko.loggers", List.of("org.apache.pekko.event.Logging$StandardOutLogger"));
        settings.put("pekko.log-dead-letters", "off");
        settings.put("pekko.log-dead-letters-during-shutdown", "off");
        settings.put("pekko.library-extensions", List.of());
        settings.put("pekko.scheduler.implementation", SteppedScheduler.class.getName());
        settings.put("pekko.actor.provider", "local");
        settings.put("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", false);
        settings.put("pekko.coordinated-shutdown.run-by-actor-system-terminate", false);
        for (final String dispatcher : DISPATCHERS) {
            settings.put(dispatcher + ".type", "Dispatcher");
            settings.put(dispatcher + ".executor", SteppedExecutor.class.getName());
            // One message at a time, so that the order between actors is drawn for each.
            settings.put(dispatcher + ".throughput", 1);
        }
        return ConfigFactory.parseMap(settings, "on a timeline").withFallback(ConfigFactory.load());
    }
}
