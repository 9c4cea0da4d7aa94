package dev.continuo.supervision.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.continuo.actors.actor.Wire;
import dev.continuo.config.Profile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of an actor system, made from a profile: with a cluster for a role in its own process, without one otherwise.
 *
 * <p>All members are on one machine or a short wire, and {@code control} alone decides who is down (see {@link Membership}), so the
 * failure detector may be quick. With certificates Artery speaks TLS over TCP, without them Aeron over UDP, by a media driver that is kept apart
 * from the data plane's: it sleeps, theirs must not.
 */
public final class ClusterSettings {
    /** The name of the actor systems; part of every actor's address. */
    public static final String SYSTEM = "continuo";
    private static final double HEARTBEAT_SECONDS = 0.5;
    /** How long a message is offered to a peer that takes none; until then an actor system cannot end, and for system messages the default is 6 h. */
    private static final int GIVE_UP_SECONDS = 10;

    private ClusterSettings() {
    }

    /** Settings of a member of the cluster. */
    public static Config member(final Profile profile, final RoleName role) {
        final Map<String, Object> settings = common();
        final String host = profile.cluster().host();
        settings.put("pekko.actor.provider", "cluster");
        settings.put("pekko.remote.artery.transport", "aeron-udp");
        settings.put("pekko.remote.artery.canonical.hostname", host);
        settings.put("pekko.remote.artery.canonical.port", role.port(profile.cluster()));
        settings.put("pekko.remote.artery.advanced.inbound-lanes", 1);
        settings.put("pekko.remote.artery.advanced.aeron.idle-cpu-level", 1);
        settings.put("pekko.remote.artery.advanced.aeron.embedded-media-driver", true);
        settings.put("pekko.remote.artery.advanced.aeron.aeron-dir", ArteryFolders.next(role).toString());
        settings.put("pekko.remote.artery.advanced.aeron.image-liveness-timeout", "3s");
        settings.put("pekko.remote.artery.advanced.aeron.give-up-message-after", GIVE_UP_SECONDS + "s");
        settings.put("pekko.remote.artery.advanced.give-up-system-message-after", GIVE_UP_SECONDS + "s");
        settings.put("pekko.remote.artery.advanced.stop-idle-outbound-after", "1h");
        profile.cluster().tls().ifPresent(tls -> settings.putAll(ClusterTls.settings(tls)));
        settings.put("pekko.cluster.seed-nodes", List.of(address(profile, RoleName.CONTROL)));
        settings.put("pekko.cluster.roles", List.of(role.id()));
        settings.put("pekko.cluster.jmx.enabled", false);
        settings.put("pekko.cluster.seed-node-timeout", "1s");
        settings.put("pekko.cluster.retry-unsuccessful-join-after", "1s");
        settings.put("pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes", "30s");
        settings.put("pekko.cluster.periodic-tasks-initial-delay", "100ms");
        settings.put("pekko.cluster.gossip-interval", "200ms");
        settings.put("pekko.cluster.leader-actions-interval", "200ms");
        settings.put("pekko.cluster.unreachable-nodes-reaper-interval", "500ms");
        settings.put("pekko.cluster.failure-detector.heartbeat-interval", HEARTBEAT_SECONDS + "s");
        settings.put("pekko.cluster.failure-detector.acceptable-heartbeat-pause",
            profile.restart().heartbeatTimeoutNanos() + "ns");
        return ConfigFactory.parseMap(settings, "cluster of role " + role.id()).withFallback(ConfigFactory.load());
    }

    /** Settings of an actor system that stands alone. */
    public static Config local() {
        return ConfigFactory.parseMap(common(), "one process").withFallback(ConfigFactory.load());
    }

    /** A role's address in the cluster. */
    public static String address(final Profile profile, final RoleName role) {
        return "pekko://" + SYSTEM + "@" + profile.cluster().host() + ":" + role.port(profile.cluster());
    }

    private static Map<String, Object> common() {
        final Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("pekko.loglevel", "INFO");
        settings.put("pekko.stdout-loglevel", "OFF");
        settings.put("pekko.log-dead-letters", "off");
        settings.put("pekko.log-dead-letters-during-shutdown", "off");
        settings.put("pekko.loggers", List.of("org.apache.pekko.event.slf4j.Slf4jLogger"));
        settings.put("pekko.logging-filter", "org.apache.pekko.event.slf4j.Slf4jLoggingFilter");
        settings.put("pekko.library-extensions", List.of());
        settings.put("pekko.actor.allow-java-serialization", false);
        settings.put("pekko.actor.serialization-bindings.\"" + Wire.class.getName() + "\"", "jackson-cbor");
        settings.put("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", false);
        settings.put("pekko.coordinated-shutdown.exit-jvm", false);
        settings.put("pekko.coordinated-shutdown.default-phase-timeout", "2s");
        return settings;
    }
}
