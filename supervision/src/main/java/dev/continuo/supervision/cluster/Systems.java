package dev.continuo.supervision.cluster;

import dev.continuo.config.Profile;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Starts actor systems, spawns actors in them from outside, and finds the guardian from another process. */
public final class Systems {
    private static final String GUARDIAN = "guardian";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Systems() {
    }

    /**
     * A member of the cluster; it joins by itself as soon as {@code control} is there.
     *
     * @throws dev.continuo.config.ProfileException if the cluster's certificates cannot be used
     */
    public static ActorSystem<SpawnProtocol.Command> member(final Profile profile, final RoleName role) {
        profile.cluster().tls().ifPresent(ClusterTls::require);
        return ActorSystem.create(SpawnProtocol.create(), ClusterSettings.SYSTEM, ClusterSettings.member(profile, role));
    }

    /** A system without a cluster, for all roles in one process. */
    public static ActorSystem<SpawnProtocol.Command> local() {
        return ActorSystem.create(SpawnProtocol.create(), ClusterSettings.SYSTEM, ClusterSettings.local());
    }

    /** Spawns an actor and waits until it is there. */
    public static <T> ActorRef<T> spawn(final ActorSystem<SpawnProtocol.Command> system, final Behavior<T> behavior, final String name) {
        return AskPattern.<SpawnProtocol.Command, ActorRef<T>>ask(system,
            replyTo -> new SpawnProtocol.Spawn<>(behavior, name, Props.empty(), replyTo), PATIENCE, system.scheduler())
            .toCompletableFuture().join();
    }

    /** Spawns the guardian where other processes look for it. */
    public static <T> ActorRef<T> spawnGuardian(final ActorSystem<SpawnProtocol.Command> system, final Behavior<T> behavior) {
        return spawn(system, behavior, GUARDIAN);
    }

    /** The guardian, as another role's process addresses it. Messages are lost until both have joined. */
    public static ActorRef<FromRole> guardian(final ActorSystem<?> system, final Profile profile) {
        return ActorRefResolver.get(system).resolveActorRef(ClusterSettings.address(profile, RoleName.CONTROL) + "/user/" + GUARDIAN);
    }
}
