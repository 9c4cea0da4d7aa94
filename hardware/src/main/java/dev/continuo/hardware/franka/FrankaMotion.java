package dev.continuo.hardware.franka;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One motion, from the request to the robot's last word (franka-fci.md section 8). The robot clocks it: each {@link #await} takes in what has come, and when it says so
 * a command is due, to be filled in and sent before the next millisecond. Neither allocates while the motion runs. For one thread.
 *
 * <pre>{@code
 * FrankaMotion motion = robot.begin(new FciRequest.Move(ControllerMode.JOINT_IMPEDANCE, MotionGenerator.JOINT_VELOCITY));
 * while (motion.end().isEmpty()) {
 *     if (motion.await(timeoutNanos)) {
 *         motion.command().putVelocities(next(motion.state()));
 *         motion.send();                       // or motion.finish(), once
 *     }
 * }
 * }</pre>
 */
public final class FrankaMotion {
    private enum Phase {
        /** Requested; the robot does not show it yet. */
        STARTING,
        /** A command is due for each state. */
        RUNNING,
        /** The last command is said again with each state, until the robot rests. */
        FINISHING,
        /** Over, but for the robot's last word. */
        ENDING,
        /** Over. */
        ENDED
    }

    private final FciConnection connection;
    private final StateStream states;
    private final FciRequest.Move move;
    private final LongSupplier clock;
    private final long timeoutNanos;
    private final int request;
    private final long lostBefore;
    private Phase phase = Phase.STARTING;
    private boolean accepted;
    private long heardAtNanos;
    private long phaseSinceNanos;
    private double successRate;
    private Optional<FciAnswer> lastWord = Optional.empty();
    private MotionEnd end;

    FrankaMotion(
        final FciConnection connection, final StateStream states, final FciRequest.Move move, final LongSupplier clock, final long timeoutNanos) {
        final RobotState now = states.state();
        if (now.motionGeneratorRuns() || now.controllerMode() == ControllerMode.EXTERNAL) {
            throw new FrankaException(connection.robot() + ": a motion is running already");
        }
        this.connection = connection;
        this.states = states;
        this.move = move;
        this.clock = clock;
        this.timeoutNanos = timeoutNanos;
        lostBefore = states.lost();
        heardAtNanos = clock.getAsLong();
        phaseSinceNanos = heardAtNanos;
        request = connection.send(move);
    }

    /**
     * Waits for a newer state, and advances.
     *
     * @param waitNanos how long at most; 0 only looks
     * @return whether a command is due
     * @throws FrankaException when the robot sends no states, does not begin, does not come to rest or does not say how it ended, each for longer than the
     *                         connection's timeout; and when it hangs up
     */
    public boolean await(final long waitNanos) {
        final boolean fresh = states.await(waitNanos);
        connection.poll();
        takeAnswer();
        final long nowNanos = clock.getAsLong();
        if (fresh) {
            heardAtNanos = nowNanos;
            advance(states.state(), nowNanos);
        }
        conclude();
        requireProgress(nowNanos);
        return fresh && phase == Phase.RUNNING;
    }

    private void requireProgress(final long nowNanos) {
        if (phase != Phase.ENDED && nowNanos - heardAtNanos > timeoutNanos) {
            throw silent(" sends no states");
        }
        if (phase != Phase.RUNNING && phase != Phase.ENDED && nowNanos - phaseSinceNanos > timeoutNanos) {
            throw silent(switch (phase) {
                case STARTING -> " does not begin the motion";
                case FINISHING -> " does not come to rest";
                default -> " does not say how the motion ended";
            });
        }
    }

    private FrankaException silent(final String what) {
        return new FrankaException(connection.robot() + what + " for " + timeoutNanos / 1_000_000 + " ms");
    }

    private void enter(final Phase next, final long nowNanos) {
        phase = next;
        phaseSinceNanos = nowNanos;
    }

    private void advance(final RobotState state, final long nowNanos) {
        switch (phase) {
            case STARTING -> {
                if (accepted && runs(state)) {
                    enter(Phase.RUNNING, nowNanos);
                }
            }
            case RUNNING -> {
                if (runs(state)) {
                    successRate = state.get(StateField.CONTROL_COMMAND_SUCCESS_RATE, 0);
                } else {
                    enter(Phase.ENDING, nowNanos);
                }
            }
            case FINISHING -> {
                if (rests(state)) {
                    enter(Phase.ENDING, nowNanos);
                } else {
                    states.sameCommand();
                    states.send();
                }
            }
            case ENDING, ENDED -> { }
        }
    }

    private boolean runs(final RobotState state) {
        return state.robotMode() == RobotMode.MOVE && state.controllerMode() == move.controller()
            && state.runs(move.generator());
    }

    private static boolean rests(final RobotState state) {
        return state.robotMode() != RobotMode.MOVE || !state.motionGeneratorRuns() && state.controllerMode() != ControllerMode.EXTERNAL;
    }

    private void takeAnswer() {
        if (phase == Phase.ENDED || lastWord.isPresent()) {
            return;
        }
        final Optional<FciAnswer> answer = connection.take(request);
        if (answer.isPresent() && !accepted && answer.get().is(FciStatus.MOTION_STARTED)) {
            accepted = true;
        } else {
            lastWord = answer;
        }
    }

    /** The last word and the state that shows what it speaks of come in either order: it is over when both are here. */
    private void conclude() {
        if (phase == Phase.ENDED || lastWord.isEmpty() || accepted && !rests(states.state())) {
            return;
        }
        phase = Phase.ENDED;
        final List<FrankaError> reasons =
            accepted && states.state().robotMode() != RobotMode.IDLE ? states.state().reflexReasons() : List.of();
        end = new MotionEnd(lastWord.get(), reasons, successRate, states.lost() - lostBefore);
    }

    /** The newest state; another object after each {@link #await}. */
    public RobotState state() {
        return states.state();
    }

    /** When the newest state was noticed, nanoseconds of the clock that the robot was connected with: what a command took is counted from then. */
    public long noticedAtNanos() {
        return states.noticedAtNanos();
    }

    /** A command that answers the newest state, all else zero: to be filled in, and sent by {@link #send} or {@link #finish}. */
    public RobotCommand command() {
        return states.command();
    }

    /**
     * Sends the command.
     *
     * @throws IllegalStateException unless a command is due
     */
    public void send() {
        if (phase != Phase.RUNNING) {
            throw new IllegalStateException("no command is due");
        }
        states.send();
    }

    /**
     * Sends the command as the last one: the robot ends the motion if it is at rest then. What is left is to {@link #await} the {@link #end}.
     *
     * @throws IllegalStateException unless a command is due
     */
    public void finish() {
        if (move.controller() == ControllerMode.EXTERNAL && move.generator() == MotionGenerator.NONE) {
            states.sameCommand().finishTorque();
        } else {
            states.sameCommand().finishMotion();
        }
        send();
        enter(Phase.FINISHING, clock.getAsLong());
    }

    /** Whether the robot has begun to move by commands. */
    public boolean running() {
        return phase == Phase.RUNNING || phase == Phase.FINISHING;
    }

    /** How it ended; nothing before. */
    public Optional<MotionEnd> end() {
        return Optional.ofNullable(end);
    }
}
