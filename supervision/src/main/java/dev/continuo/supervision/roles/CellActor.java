package dev.continuo.supervision.roles;

import dev.continuo.config.CellService;
import dev.continuo.config.TrialEvent;
import dev.continuo.supervision.cluster.FromRole;
import dev.continuo.supervision.cluster.RoleName;
import dev.continuo.supervision.cluster.ToRole;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Stands for the simulated cell on the control plane: tells {@code control} of its trials and hands it what it must know.
 *
 * <p>The trial in progress is told again with every sign of life, since a message can get lost while a connection is set up; the
 * guardian takes each only once.
 */
public final class CellActor extends AbstractBehavior<CellActor.Command> {
    private static final Duration PULSE = Duration.ofSeconds(1);

    /** What the actor is told. */
    public sealed interface Command {
    }

    /** The cell's listeners are open. The actor closes it when it stops. */
    public record Stands(CellService.Running cell) implements Command {
    }

    /** The cell tells of a trial. */
    public record Told(TrialEvent event) implements Command {
    }

    private record FromControl(ToRole message) implements Command {
    }

    private enum Pulse implements Command { NOW }

    private final ActorRef<FromRole> control;
    private final ActorRef<ToRole> address;
    private CellService.Running cell;
    private FromRole latestTrial;
    private int endedTrial;

    private CellActor(final ActorContext<Command> context, final TimerScheduler<Command> timers, final ActorRef<FromRole> control) {
        super(context);
        this.control = control;
        address = context.messageAdapter(ToRole.class, FromControl::new);
        timers.startTimerAtFixedRate(Pulse.NOW, Duration.ZERO, PULSE);
    }

    /**
     * The behaviour; silent until the cell {@link Stands}.
     *
     * @param control told of trials
     */
    public static Behavior<Command> create(final ActorRef<FromRole> control) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new CellActor(context, timers, control)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
            .onMessage(Command.class, this::onCommand)
            .onSignal(PostStop.class, signal -> {
                if (cell != null) {
                    cell.close();
                }
                return this;
            })
            .build();
    }

    private Behavior<Command> onCommand(final Command command) {
        switch (command) {
            case Stands(final CellService.Running running) -> {
                cell = running;
                onPulse();
            }
            case Told(final TrialEvent event) -> onTrial(event);
            case FromControl(final ToRole message) -> onControl(message);
            case Pulse.NOW -> onPulse();
        }
        return this;
    }

    private void onTrial(final TrialEvent event) {
        latestTrial = switch (event) {
            case TrialEvent.Started started -> new FromRole.TrialStarted(started);
            case TrialEvent.Ended ended -> {
                endedTrial = ended.number();
                yield new FromRole.TrialEnded(ended);
            }
            case TrialEvent.GivenUp givenUp -> {
                endedTrial = givenUp.number();
                yield new FromRole.TrialGivenUp(givenUp);
            }
        };
        control.tell(latestTrial);
    }

    private void onControl(final ToRole message) {
        if (cell == null) {
            return;
        }
        switch (message) {
            case ToRole.NextTrial(final int after) -> {
                if (after == endedTrial) {
                    cell.nextTrial();
                }
            }
            case ToRole.Instructed(final String instruction) -> cell.instruction(instruction);
            case ToRole.ReasoningFinished(final String text, final long aboutNanos) -> cell.reasoning(text, aboutNanos);
        }
    }

    private void onPulse() {
        control.tell(new FromRole.Alive(RoleName.CELL, ProcessHandle.current().pid(), cell != null, List.of(), address));
        if (latestTrial != null) {
            control.tell(latestTrial);
        }
    }
}
