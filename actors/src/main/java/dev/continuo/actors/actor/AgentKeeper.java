package dev.continuo.actors.actor;

import dev.continuo.actors.agent.StageAgent;
import dev.continuo.config.RestartProfile;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What all owners of agents do alike: start one, watch it, stop it, and remember over restarts how often that was.
 *
 * <p>One keeper lives as long as its actor, restarts included; it is used on the actor's thread.
 */
final class AgentKeeper<A extends StageAgent> {
    /** On one robot nobody else restarts at the same time; and without chance a simulated run repeats. */
    private static final double BACKOFF_JITTER = 0;

    private final String name;
    private final Supplier<A> factory;
    private final Hosting hosting;
    private final long silenceNanos;
    private A agent;
    private AgentHost.Hosted hosted;
    private long startedAtNanos;
    private int starts;
    private int abandoned;
    private String lastFailure = "";

    AgentKeeper(
        final String name, final Supplier<A> factory, final Hosting hosting, final Duration silenceTimeout) {
        this.name = name;
        this.factory = factory;
        this.hosting = hosting;
        silenceNanos = silenceTimeout.toNanos();
    }

    /** Puts a behaviour under the profile's restarts; it must start its agent when it is set up. */
    static <C> Behavior<C> supervised(final Behavior<C> behavior, final RestartProfile restart) {
        return Behaviors.supervise(behavior).onFailure(
            StageFailure.class,
            SupervisorStrategy.restartWithBackoff(
                    Duration.ofNanos(restart.minBackoffNanos()), Duration.ofNanos(restart.maxBackoffNanos()), BACKOFF_JITTER)
                .withMaxRestarts(restart.maxRestarts())
                .withResetBackoffAfter(Duration.ofNanos(restart.windowNanos())));
    }

    /**
     * Makes and starts an agent.
     *
     * @param onFailure told of its failure on any thread, with the number of the start that it belongs to
     */
    A start(final BiConsumer<Integer, Throwable> onFailure) {
        final int start = ++starts;
        startedAtNanos = hosting.clock().nanoTime();
        try {
            agent = factory.get();
            hosted = hosting.host().start(agent, failure -> onFailure.accept(start, failure));
        } catch (final RuntimeException e) {
            throw failure("cannot start", e);
        }
        return agent;
    }

    /** The failure to throw when the agent of the {@code start}th start told one; null if that agent is history. */
    StageFailure failureOf(final int start, final Throwable cause) {
        return start == starts && hosted != null ? failure("failed", cause) : null;
    }

    /** Throws a failure if the agent has shown no life for too long. */
    void requireLife() {
        final long silent = silentNanos();
        if (hosted != null && silent > silenceNanos) {
            throw failure("no sign of life for " + silent / 1_000_000 + " ms", null);
        }
    }

    private StageFailure failure(final String what, final Throwable cause) {
        lastFailure = cause == null ? what : what + ": " + cause;
        return new StageFailure(name + ' ' + lastFailure, cause);
    }

    /** Stops the agent, if one runs. */
    void stop() {
        if (hosted != null) {
            abandoned += hosted.stop() ? 0 : 1;
            hosted = null;
        }
    }

    A agent() {
        return agent;
    }

    StageHealth health() {
        return new StageHealth(name, agent == null ? "" : agent.lack(), agent == null ? Map.of() : agent.tally(), Math.max(0, starts - 1), silentNanos(),
            lastFailure, abandoned);
    }

    /** How often to look for signs of life. */
    Duration watchInterval() {
        return Duration.ofNanos(Math.max(1_000_000, silenceNanos / 4));
    }

    private long silentNanos() {
        final long aliveAtNanos = agent == null ? 0 : agent.aliveAtNanos().get();
        return hosting.clock().nanoTime() - Math.max(aliveAtNanos, startedAtNanos);
    }
}
