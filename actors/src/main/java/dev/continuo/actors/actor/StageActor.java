package dev.continuo.actors.actor;

import dev.continuo.actors.agent.StageAgent;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Owns one agent of a stage that may fail without stopping the robot: a camera, the reasoning, the policy.
 *
 * <p>The agent is started when the actor is, and again, with back-off, whenever it fails or shows no life; when the profile's restarts
 * are used up the actor stops with a {@link StageFailure}, which its parent sees. Stopping an agent may block for the host's time-out,
 * so these actors belong on a dispatcher for blocking work.
 */
public final class StageActor extends AbstractBehavior<StageActor.Command> {

    /** What a stage's actor understands. */
    public sealed interface Command permits GetHealth, AgentFailed, Watch {
    }

    /** Asks how the stage is. */
    public record GetHealth(ActorRef<StageHealth> replyTo) implements Command, Wire {
    }

    private record AgentFailed(int start, Throwable cause) implements Command {
    }

    private enum Watch implements Command {
        NOW
    }

    /**
     * What a stage's actor is made of.
     *
     * @param name           the stage's name
     * @param factory        makes a fresh agent for every start; may throw, which counts as a failure
     * @param hosting        where the agent runs and how it is restarted
     * @param silenceTimeout time without a sign of life after which the agent counts as failed; longer than its longest
     *                       uninterrupted computation
     */
    public record Parts(
        String name, Supplier<? extends StageAgent> factory, Hosting hosting, Duration silenceTimeout) {
    }

    private final AgentKeeper<StageAgent> keeper;

    private StageActor(final ActorContext<Command> context, final AgentKeeper<StageAgent> keeper) {
        super(context);
        this.keeper = keeper;
    }

    /** A stage's actor under supervision. */
    public static Behavior<Command> create(final Parts parts) {
        final AgentKeeper<StageAgent> keeper = new AgentKeeper<>(
            parts.name, parts.factory::get, parts.hosting, parts.silenceTimeout);
        return AgentKeeper.supervised(Behaviors.setup(context -> start(context, keeper)), parts.hosting.restart());
    }

    private static Behavior<Command> start(final ActorContext<Command> context, final AgentKeeper<StageAgent> keeper) {
        final ActorRef<Command> self = context.getSelf();
        keeper.start((start, cause) -> self.tell(new AgentFailed(start, cause)));
        return Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Watch.NOW, keeper.watchInterval());
            return new StageActor(context, keeper);
        });
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
            .onMessage(Command.class, this::onCommand)
            .onSignal(PreRestart.class, signal -> onEnd())
            .onSignal(PostStop.class, signal -> onEnd())
            .build();
    }

    private Behavior<Command> onCommand(final Command command) {
        switch (command) {
            case GetHealth(final ActorRef<StageHealth> replyTo) -> replyTo.tell(keeper.health());
            case AgentFailed(final int start, final Throwable cause) -> onAgentFailed(start, cause);
            case Watch.NOW -> keeper.requireLife();
        }
        return this;
    }

    private void onAgentFailed(final int start, final Throwable cause) {
        final StageFailure failure = keeper.failureOf(start, cause);
        if (failure != null) {
            throw failure;
        }
    }

    private Behavior<Command> onEnd() {
        keeper.stop();
        return this;
    }
}
