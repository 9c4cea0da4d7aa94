package dev.continuo.supervision.roles;

import dev.continuo.actors.actor.StageActor;
import dev.continuo.actors.actor.StageHealth;
import dev.continuo.supervision.cluster.FromRole;
import dev.continuo.supervision.cluster.RoleName;
import dev.continuo.supervision.cluster.ToRole;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands for the brain on the control plane: the parent of cameras, reasoning and action.
 *
 * <p>A stage restarts by itself, within bounds. When its restarts are used up, or an agent hangs in a native call and its thread had to
 * be abandoned, the whole process is given up: {@code control} starts a fresh one, and the arms hold meanwhile.
 */
public final class BrainActor extends AbstractBehavior<BrainActor.Command> {
    private static final Logger LOG = LoggerFactory.getLogger(BrainActor.class);
    private static final Duration PULSE = Duration.ofSeconds(1);

    /** What the actor is told. */
    public sealed interface Command {
    }

    private record Health(StageHealth health) implements Command {
    }

    private record FromControl(ToRole message) implements Command {
    }

    private enum Pulse implements Command { NOW }

    private final ActorRef<FromRole> control;
    private final Consumer<String> giveUp;
    private final ActorRef<ToRole> address;
    private final ActorRef<StageHealth> healthDesk;
    private final Map<String, StageHealth> healths = new LinkedHashMap<>();

    private BrainActor(final ActorContext<Command> context, final TimerScheduler<Command> timers, 
        final Map<String, Behavior<StageActor.Command>> stages, final ActorRef<FromRole> control, final Consumer<String> giveUp) {
        super(context);
        this.control = control;
        this.giveUp = giveUp;
        address = context.messageAdapter(ToRole.class, FromControl::new);
        healthDesk = context.messageAdapter(StageHealth.class, Health::new);
        stages.forEach((name, stage) -> context.watch(context.spawn(stage, name, DispatcherSelector.blocking())));
        timers.startTimerAtFixedRate(Pulse.NOW, Duration.ZERO, PULSE);
    }

    /**
     * The behaviour; the stages start with it.
     *
     * @param stages  by name
     * @param control told signs of life
     * @param giveUp  told why, in one line, when the process should be replaced
     */
    public static Behavior<Command> create(final Map<String, Behavior<StageActor.Command>> stages, final ActorRef<FromRole> control,
        final Consumer<String> giveUp) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new BrainActor(context, timers, stages, control, giveUp)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
            .onMessage(Command.class, this::onCommand)
            .onSignal(ChildFailed.class, failed -> onLost(failed.getRef().path().name() + ": " + failed.getCause().getMessage()))
            .onSignal(Terminated.class, ended -> onLost(ended.getRef().path().name() + " ended"))
            .build();
    }

    private Behavior<Command> onCommand(final Command command) {
        switch (command) {
            case Health(final StageHealth health) -> onHealth(health);
            case FromControl(final ToRole message) -> LOG.debug("nothing to do for {}", message);
            case Pulse.NOW -> onPulse();
        }
        return this;
    }

    private void onPulse() {
        getContext().getChildren().forEach(child -> child.<StageActor.Command>unsafeUpcast().tell(new StageActor.GetHealth(healthDesk)));
        control.tell(new FromRole.Alive(RoleName.BRAIN, ProcessHandle.current().pid(), true, List.copyOf(healths.values()), address));
    }

    private void onHealth(final StageHealth health) {
        healths.put(health.name(), health);
        if (health.abandoned() > 0) {
            giveUp.accept(health.name() + " hangs: " + health.lastFailure());
        }
    }

    private Behavior<Command> onLost(final String why) {
        giveUp.accept(why);
        return this;
    }
}
