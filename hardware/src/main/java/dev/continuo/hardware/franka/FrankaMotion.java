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
    private double successRate;
    private List<FrankaError> reasons = List.of();
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
        request = connection.send(move);
    }

    /**
     * Waits for a newer state, and advances.
     *
     * @param waitNanos how long at most; 0 only looks
     * @return whether a command is due
     * @throws FrankaException when the robot says nothing for longer than the connection's timeout, or hangs up
     */
    public boolean await(final long waitNanos) {
        final boolean fresh = states.await(waitNanos);
        connection.poll();
        if (fresh) {
            heardAtNanos = clock.getAsLong();
            advance(states.state());
        }
        takeAnswer();
        if (phase != Phase.ENDED && clock.getAsLong() - heardAtNanos > timeoutNanos) {
            throw new FrankaException(connection.robot() + (phase == Phase.ENDING ? " does not say how the motion ended" : " sends no states")
                + " for " + timeoutNanos / 1_000_000 + " ms");
        }
        return fresh && phase == Phase.RUNNING;
    }

    private void advance(final RobotState state) {
        switch (phase) {
            case STARTING -> {
                if (accepted && runs(state)) {
                    phase = Phase.RUNNING;
                }
            }
            case RUNNING -> {
                if (runs(state)) {
                    successRate = state.get(StateField.CONTROL_COMMAND_SUCCESS_RATE, 0);
                } else {
                    endWith(state);
                }
            }
            case FINISHING -> {
                if (rests(state)) {
                    endWith(state);
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

    private void endWith(final RobotState state) {
        phase = Phase.ENDING;
        if (state.robotMode() != RobotMode.IDLE) {
            reasons = state.reflexReasons();
        }
    }

    private void takeAnswer() {
        if (phase == Phase.ENDED) {
            return;
        }
        final Optional<FciAnswer> answer = connection.take(request);
        if (answer.isEmpty()) {
            return;
        }
        if (!accepted && answer.get().is(FciStatus.MOTION_STARTED)) {
            accepted = true;
            return;
        }
        if (phase != Phase.ENDING && !answer.get().is(FciStatus.SUCCESS)) {
            // The answer was faster than the state that tells why.
            phase = Phase.ENDING;
            states.await(timeoutNanos);
            reasons = states.state().reflexReasons();
        }
        phase = Phase.ENDED;
        end = new MotionEnd(answer.get(), accepted ? reasons : List.of(), successRate, states.lost() - lostBefore);
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
        phase = Phase.FINISHING;
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
