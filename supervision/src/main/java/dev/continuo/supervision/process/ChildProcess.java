package dev.continuo.supervision.process;

import dev.continuo.config.RestartProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.agrona.concurrent.NanoClock;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns one child process: starts it, tells when it ends, and starts it again after a back-off until the restart budget is spent.
 *
 * <p>The child holds the reading end of a pipe from this process as its standard input and ends when the pipe does, so that it cannot
 * outlive its parent, however that ends. What it writes to standard error goes to the log; its last line explains an early end.
 */
public final class ChildProcess extends AbstractBehavior<ChildProcess.Command> {
    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    private static final Duration GRACE = Duration.ofMillis(1500);

    /** What the actor is told. */
    public sealed interface Command {
    }

    /** Ends this incarnation at once, as a failure: it hangs. */
    public record Kill(String reason) implements Command {
    }

    /** Ends the process for good: gracefully first, by force after a while. Answered by {@link Stopped}. */
    public record Stop() implements Command {
    }

    private record Ended(int incarnation, int status, String lastLine) implements Command {
    }

    private enum Timer implements Command { RESTART, FORCE }

    /** What the actor tells its owner. */
    public sealed interface Event {
        /** The role or other name of the child. */
        String name();
    }

    /** An incarnation runs. */
    public record Started(String name, int incarnation, long pid) implements Event {
    }

    /**
     * An incarnation has ended although nobody asked for it.
     *
     * @param status      its exit status; 128 plus the signal's number if a signal ended it
     * @param lastLine    the last line that it wrote to standard error, or empty
     * @param restartsIn  when the next one starts; negative if the budget is spent and there will be none
     */
    public record Failed(String name, int incarnation, long pid, int status, String lastLine, Duration restartsIn) implements Event {
        /** Whether the child is given up. */
        public boolean isFinal() {
            return restartsIn.isNegative();
        }
    }

    /** The child has ended as asked. */
    public record Stopped(String name) implements Event {
    }

    private final String name;
    private final ProcessStarter starter;
    private final RestartBudget budget;
    private final NanoClock clock;
    private final ActorRef<? super Event> owner;
    private final TimerScheduler<Command> timers;
    private Process process;
    private int incarnation;
    private boolean stopping;

    private ChildProcess(final ActorContext<Command> context, final TimerScheduler<Command> timers, final String name,
        final ProcessStarter starter, final RestartProfile restart, final NanoClock clock, final ActorRef<? super Event> owner) {
        super(context);
        this.clock = clock;
        this.timers = timers;
        this.name = name;
        this.starter = starter;
        this.budget = new RestartBudget(restart);
        this.owner = owner;
        start();
    }

    /**
     * The behaviour; the process starts at once.
     *
     * @param name    the child's name in events, logs and thread names
     * @param starter starts an incarnation
     * @param restart back-off and bound
     * @param clock   which they are measured by
     * @param owner   told all events
     */
    public static Behavior<Command> create(final String name, final ProcessStarter starter, final RestartProfile restart,
        final NanoClock clock, final ActorRef<? super Event> owner) {
        return Behaviors.setup(context -> Behaviors.withTimers(
            timers -> new ChildProcess(context, timers, name, starter, restart, clock, owner)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
            .onMessage(Command.class, this::onCommand)
            .onSignal(PostStop.class, signal -> onPostStop())
            .build();
    }

    private Behavior<Command> onCommand(final Command command) {
        return switch (command) {
            case Kill(final String reason) -> onKill(reason);
            case Stop() -> onStop();
            case Ended ended -> onEnded(ended);
            case Timer.RESTART -> {
                start();
                yield this;
            }
            case Timer.FORCE -> {
                process.destroyForcibly();
                yield this;
            }
        };
    }

    private void start() {
        incarnation++;
        final int number = incarnation;
        try {
            process = starter.start(number);
        } catch (final IOException e) {
            LOG.error("{} cannot be started", name, e);
            process = null;
            getContext().getSelf().tell(new Ended(number, -1, "continuo: " + name + " cannot be started: " + e.getMessage()));
            return;
        }
        final LastLine lastLine = LastLine.follow(name, process.getErrorStream());
        getContext().pipeToSelf(process.onExit(),
            (ended, failure) -> new Ended(number, ended == null ? -1 : ended.exitValue(), lastLine.await()));
        owner.tell(new Started(name, number, process.pid()));
    }

    private Behavior<Command> onKill(final String reason) {
        if (process != null && process.isAlive()) {
            LOG.warn("{} is ended by force: {}", name, reason);
            process.destroyForcibly();
        }
        return this;
    }

    private Behavior<Command> onStop() {
        stopping = true;
        timers.cancel(Timer.RESTART);
        if (process == null || !process.isAlive()) {
            owner.tell(new Stopped(name));
            return Behaviors.stopped();
        }
        closeInput();
        timers.startSingleTimer(Timer.FORCE, GRACE);
        return this;
    }

    private Behavior<Command> onEnded(final Ended ended) {
        if (ended.incarnation() != incarnation) {
            return this;
        }
        if (stopping) {
            owner.tell(new Stopped(name));
            return Behaviors.stopped();
        }
        final OptionalLong wait = budget.failed(clock.nanoTime());
        final Duration restartsIn = wait.isPresent() ? Duration.ofNanos(wait.getAsLong()) : Duration.ofNanos(-1);
        LOG.warn("{} ended with status {}: {}", name, ended.status(), ended.lastLine());
        owner.tell(new Failed(name, incarnation, process == null ? -1 : process.pid(), ended.status(), ended.lastLine(), restartsIn));
        wait.ifPresent(nanos -> timers.startSingleTimer(Timer.RESTART, Duration.ofNanos(nanos)));
        return this;
    }

    private Behavior<Command> onPostStop() {
        if (process != null) {
            closeInput();
            process.destroyForcibly();
        }
        return this;
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (final IOException alreadyClosed) {
            LOG.debug("{} has closed its input", name, alreadyClosed);
        }
    }
}
