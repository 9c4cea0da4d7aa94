package dev.continuo.actors.actor;

import dev.continuo.actors.agent.ArmAgent;
import dev.continuo.actors.agent.ArmCommand;
import dev.continuo.actors.agent.ArmTelemetry;
import dev.continuo.actors.agent.MotionGate;
import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.config.Profile;
import dev.continuo.hardware.Arm;
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
 * Owns one arm's agent.
 *
 * <p>When the arm or its agent fails, the actor closes the gate for all arms and tells the guardian. A failed agent is started again
 * under the profile's restarts; a restarted arm is damped until someone arms it anew. A failed arm whose agent still runs is left
 * damped until it is told {@link ArmCommand#CLEAR_FAULT}.
 */
public final class ArmActor extends AbstractBehavior<ArmActor.Command> {
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(10);

    /** What an arm's actor understands. */
    public sealed interface Command permits Order, StopMotion, GetStatus, AgentFailed, Look {
    }

    /** Tells the arm's agent something; where it does not apply it is refused and counted. */
    public record Order(ArmCommand command) implements Command, Wire {
    }

    /** Decelerate and hold, and let no arm move until the gate is opened again. */
    public record StopMotion(String reason) implements Command, Wire {
    }

    /** Asks how the arm is. */
    public record GetStatus(ActorRef<ArmStatus> replyTo) implements Command, Wire {
    }

    private record AgentFailed(int start, Throwable cause) implements Command {
    }

    private enum Look implements Command {
        NOW
    }

    /**
     * What an arm's actor is made of.
     *
     * @param cell      the cell's profile
     * @param index     the arm's place in it
     * @param driver    connects to the arm; called at every start
     * @param gate      shared by all arms
     * @param telemetry kept over restarts
     * @param bus       the data plane
     */
    public record Parts(
        Profile cell, int index, Supplier<? extends Arm> driver, MotionGate gate, ArmTelemetry telemetry, Bus bus) {

        private String name() {
            return cell.arms().get(index).name();
        }
    }

    private final Parts parts;
    private final AgentKeeper<ArmAgent> keeper;
    private final ActorRef<ArmEvent> guardian;
    private MotionMode toldMode = MotionMode.CONNECTING;
    private long toldFaults;
    private String toldObstacle = "";
    private long toldArrivals;
    private ArmCommand lastPose = ArmCommand.READY;

    private ArmActor(
        final ActorContext<Command> context, final Parts parts, final AgentKeeper<ArmAgent> keeper,
        final ActorRef<ArmEvent> guardian, final long toldFaults) {
        super(context);
        this.parts = parts;
        this.keeper = keeper;
        this.guardian = guardian;
        this.toldFaults = toldFaults;
        toldArrivals = parts.telemetry.counts().arrivals.get();
    }

    /** An arm's actor under supervision. */
    public static Behavior<Command> create(final Parts parts, final Hosting hosting, final ActorRef<ArmEvent> guardian) {
        final AgentKeeper<ArmAgent> keeper = new AgentKeeper<>(
            "arm-" + parts.name(),
            () -> new ArmAgent(
                parts.cell, parts.index, parts.driver.get(), parts.gate, parts.telemetry, parts.bus, hosting.clock()),
            hosting,
            Duration.ofNanos(hosting.restart().heartbeatTimeoutNanos()));
        return AgentKeeper.supervised(
            Behaviors.setup(context -> start(context, parts, keeper, guardian)), hosting.restart());
    }

    private static Behavior<Command> start(
        final ActorContext<Command> context, final Parts parts, final AgentKeeper<ArmAgent> keeper,
        final ActorRef<ArmEvent> guardian) {
        final ActorRef<Command> self = context.getSelf();
        final long faultsBefore = parts.telemetry.counts().faults.get();
        try {
            keeper.start((start, cause) -> self.tell(new AgentFailed(start, cause)));
        } catch (final StageFailure failure) {
            guardian.tell(new ArmEvent.ArmFailed(parts.name(), failure.getMessage()));
            throw failure;
        }
        return Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Look.NOW, LOOK_INTERVAL);
            return new ArmActor(context, parts, keeper, guardian, faultsBefore);
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
            case Order(final ArmCommand order) -> onOrder(order);
            case StopMotion(final String reason) -> onStopMotion(reason);
            case GetStatus(final ActorRef<ArmStatus> replyTo) -> replyTo.tell(status());
            case AgentFailed(final int start, final Throwable cause) -> onAgentFailed(start, cause);
            case Look.NOW -> onLook();
        }
        return this;
    }

    private void onOrder(final ArmCommand order) {
        if (order == ArmCommand.READY || order == ArmCommand.PARK) {
            lastPose = order;
        }
        keeper.agent().proxy().tell(order);
    }

    private void onStopMotion(final String reason) {
        parts.gate.close(reason);
        keeper.agent().proxy().tell(ArmCommand.STOP);
    }

    private ArmStatus status() {
        return new ArmStatus(parts.name(), keeper.agent().motionMode(), keeper.agent().fault(), keeper.health());
    }

    private void onAgentFailed(final int start, final Throwable cause) {
        final StageFailure failure = keeper.failureOf(start, cause);
        if (failure != null) {
            giveUp(failure);
        }
    }

    /** Tells the guardian what changed since the last look. */
    private void onLook() {
        try {
            keeper.requireLife();
        } catch (final StageFailure failure) {
            giveUp(failure);
        }
        final long faults = parts.telemetry.counts().faults.get(); // not by the text: an arm may fail again at once, for the same reason
        if (faults != toldFaults) {
            toldFaults = faults;
            final String fault = keeper.agent().fault();
            if (!fault.isEmpty()) {
                guardian.tell(new ArmEvent.ArmFailed(parts.name(), fault));
            }
        }
        final String obstacle = keeper.agent().obstacle();
        if (!obstacle.equals(toldObstacle)) {
            toldObstacle = obstacle;
            guardian.tell(new ArmEvent.ArmBlocked(parts.name(), obstacle));
        }
        final MotionMode mode = keeper.agent().motionMode();
        if (mode != toldMode) {
            toldMode = mode;
            guardian.tell(new ArmEvent.ArmChanged(parts.name(), mode));
        }
        final long arrivals = parts.telemetry.counts().arrivals.get();
        if (arrivals != toldArrivals) {
            toldArrivals = arrivals;
            guardian.tell(new ArmEvent.ArmArrived(parts.name(), lastPose));
        }
    }

    private void giveUp(final StageFailure failure) {
        parts.gate.close(failure.getMessage());
        guardian.tell(new ArmEvent.ArmFailed(parts.name(), failure.getMessage()));
        throw failure;
    }

    private Behavior<Command> onEnd() {
        keeper.stop();
        return this;
    }
}
