package dev.continuo.hardware.franka;

import dev.continuo.hardware.Arm;
import dev.continuo.hardware.ArmState;
import java.util.Optional;

/**
 * A Franka as an arm of a cell: seven joints (rad) and the opening of its hand (m).
 *
 * <p>Damping is the robot at rest, or on its way there, under its own control; it can be armed again once it rests. Arming starts a motion by joint positions; while it
 * runs, {@link #command} answers the robot's newest state, filtered and limited to what the robot bears, and does nothing when there is none: to lose no command, call it once for each state. A reflex, the user-stop or a connection
 * that is gone puts the arm into {@link Mode#FAULT}, which names the robot's errors; {@link #clearFault} recovers the robot as far as it can by itself, and connects anew.
 */
public final class FrankaArm implements Arm {
    /** Axes: joints and the opening of the hand. */
    public static final int AXES = FrankaLimits.JOINTS + 1;

    private static final int HAND = FrankaLimits.JOINTS;
    /** Without a state for so long, the robot is gone. */
    private static final long SILENT_NANOS = 1_000_000_000L;
    private static final FciRequest.Move MOVE = new FciRequest.Move(ControllerMode.JOINT_IMPEDANCE, MotionGenerator.JOINT_POSITION);

    private final String name;
    private final FrankaConnector connector;
    private final double cutOffHertz;
    private final ArmState state = new ArmState(AXES);
    private final double[] joints = new double[FrankaLimits.JOINTS];
    private Mode mode = Mode.CONNECTING;
    private String fault = "";
    private Optional<FrankaLink> link = Optional.empty();
    private Optional<CommandShaper> shaper = Optional.empty();
    private Optional<FrankaMotion> motion = Optional.empty();
    private Optional<Integer> recovery = Optional.empty();
    private Optional<Integer> stopping = Optional.empty();
    private long heardAtNanos;
    private long recoveredAtNanos;
    private boolean letGo;
    private boolean due;

    /**
     * An arm that connects when it is polled.
     *
     * @param connector   closed with the arm
     * @param cutOffHertz of the low-pass filter on what is commanded
     */
    public FrankaArm(final String name, final FrankaConnector connector, final double cutOffHertz) {
        this.name = name;
        this.connector = connector;
        this.cutOffHertz = cutOffHertz;
        connector.begin();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int axisCount() {
        return AXES;
    }

    @Override
    public boolean clocksLoop() {
        return link.isPresent();
    }

    @Override
    public boolean await(final long timeoutNanos) {
        return link.isPresent() && link.get().robot().isStateWaiting(timeoutNanos);
    }

    @Override
    public int poll(final long nowNanos) {
        due = false;
        if (link.isEmpty()) {
            adopt(nowNanos);
            return 0;
        }
        try {
            final FrankaRobot robot = link.get().robot();
            final long before = robot.state().messageId();
            if (motion.isPresent()) {
                due = motion.get().await(0);
            } else {
                robot.await(0);
            }
            final boolean fresh = robot.state().messageId() != before;
            if (fresh) {
                heardAtNanos = nowNanos;
                measure(robot.state(), nowNanos);
                advance(robot, nowNanos);
            } else if (nowNanos - heardAtNanos > SILENT_NANOS) {
                throw new FrankaException(robot.name() + " sends no states; does a firewall keep UDP away, or is a cable loose?");
            }
            observeMotion();
            observeAnswers(robot, nowNanos);
            observeHand();
            return fresh ? 1 : 0;
        } catch (final FrankaException failure) {
            lose(failure);
            return 0;
        }
    }

    private void adopt(final long nowNanos) {
        link = connector.take();
        if (link.isPresent()) {
            heardAtNanos = nowNanos;
            shaper = Optional.of(new CommandShaper(link.get().robot().version(), cutOffHertz, true));
        } else if (mode == Mode.CONNECTING) {
            fault = connector.failure();
        }
    }

    private void measure(final RobotState robot, final long nowNanos) {
        for (int i = 0; i < FrankaLimits.JOINTS; i++) {
            state.position[i] = robot.get(StateField.Q, i);
            state.velocity[i] = robot.get(StateField.DQ, i);
            state.effort[i] = robot.get(StateField.TAU_J, i);
        }
        if (link.get().hand().isPresent()) {
            final double width = link.get().hand().get().width();
            if (Double.isNaN(width)) {
                return; // nothing is measured before all axes are
            }
            state.position[HAND] = width;
        }
        state.measuredAtNanos = nowNanos;
    }

    private void advance(final FrankaRobot robot, final long nowNanos) {
        switch (mode) {
            case CONNECTING, DAMPING -> {
                if (letGo || state.measuredAtNanos == Long.MIN_VALUE) {
                    return;
                }
                if (robot.state().robotMode() == RobotMode.IDLE) {
                    mode = Mode.DAMPING;
                    fault = "";
                } else if (mode == Mode.DAMPING || nowNanos - recoveredAtNanos > SILENT_NANOS) {
                    fail(robot.name() + " is " + described(robot.state()));
                }
            }
            case ARMING -> {
                if (motion.isPresent() && motion.get().running()) {
                    mode = Mode.HOLDING;
                }
            }
            case HOLDING, FAULT -> { }
        }
    }

    private static String described(final RobotState robot) {
        final String errors = robot.errors().isEmpty() ? "" : " " + robot.errors().stream().map(FrankaError::documentedName).toList();
        return switch (robot.robotMode()) {
            case REFLEX -> "in a reflex" + errors;
            case USER_STOPPED -> "stopped by its user-stop";
            case GUIDING -> "guided by hand";
            case MOVE -> "moved by somebody else";
            default -> "not ready: are its brakes closed, or is FCI not activated?" + errors;
        };
    }

    private void observeMotion() {
        if (motion.isEmpty() || motion.get().end().isEmpty()) {
            return;
        }
        final MotionEnd end = motion.get().end().get();
        motion = Optional.empty();
        final boolean asWanted = letGo && end.reasons().isEmpty();
        letGo = false;
        if (!asWanted) {
            fail(link.get().robot().name() + ": " + end.text());
        }
    }

    /** Optionals are looked into one by one: a method reference would be made anew in each cycle. */
    private void observeAnswers(final FrankaRobot robot, final long nowNanos) {
        if (stopping.isPresent() && robot.take(stopping.get()).isPresent()) {
            stopping = Optional.empty(); // the motion's own last word says what became of it
        }
        if (recovery.isEmpty()) {
            return;
        }
        final Optional<FciAnswer> answer = robot.take(recovery.get());
        if (answer.isEmpty()) {
            return;
        }
        recovery = Optional.empty();
        if (answer.get().is(FciStatus.SUCCESS)) {
            mode = Mode.CONNECTING;
            recoveredAtNanos = nowNanos;
            fault = "";
        } else {
            fault = robot.name() + ": " + answer.get().text();
        }
    }

    private void observeHand() {
        if (link.get().hand().isPresent() && !link.get().hand().get().failure().isEmpty()) {
            throw new FrankaException(link.get().hand().get().failure());
        }
    }

    private void fail(final String why) {
        mode = Mode.FAULT;
        fault = why;
    }

    /** The robot is gone: what is left can be closed, and another connection made when the fault is cleared. */
    private void lose(final FrankaException failure) {
        fail(failure.getMessage());
        link.ifPresent(FrankaLink::close);
        link = Optional.empty();
        motion = Optional.empty();
        recovery = Optional.empty();
        stopping = Optional.empty();
        letGo = false;
        state.measuredAtNanos = Long.MIN_VALUE;
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public ArmState state() {
        return state;
    }

    @Override
    public void arm(final long nowNanos) {
        if (mode != Mode.DAMPING || motion.isPresent()) {
            return;
        }
        try {
            motion = Optional.of(link.orElseThrow().robot().begin(MOVE));
            mode = Mode.ARMING;
        } catch (final FrankaException failure) {
            fail(failure.getMessage());
        }
    }

    @Override
    public void command(final long nowNanos, final double[] position, final double[] velocity) {
        if (!due || mode != Mode.HOLDING && mode != Mode.ARMING) {
            return;
        }
        due = false;
        final FrankaMotion running = motion.get();
        final RobotState robot = running.state();
        for (int i = 0; i < FrankaLimits.JOINTS; i++) {
            joints[i] = mode == Mode.HOLDING ? position[i] : robot.get(StateField.Q_D, i);
        }
        shaper.get().positions(robot, joints, running.command());
        running.send();
        if (mode == Mode.HOLDING && link.get().hand().isPresent()) {
            link.get().hand().get().follow(position[HAND]);
        }
    }

    @Override
    public void damp(final long nowNanos) {
        due = false;
        if (motion.isEmpty() || letGo || mode == Mode.FAULT) {
            return;
        }
        mode = Mode.DAMPING;
        try {
            letGo = true;
            stopping = Optional.of(link.get().robot().send(new FciRequest.Plain(FciCommand.STOP_MOVE)));
        } catch (final FrankaException failure) {
            lose(failure);
        }
    }

    @Override
    public void clearFault(final long nowNanos) {
        if (mode != Mode.FAULT || recovery.isPresent()) {
            return;
        }
        if (link.isEmpty()) {
            mode = Mode.CONNECTING;
            connector.begin();
            return;
        }
        try {
            recovery = Optional.of(link.get().robot().send(new FciRequest.Plain(FciCommand.AUTOMATIC_ERROR_RECOVERY)));
        } catch (final FrankaException failure) {
            lose(failure);
        }
    }

    @Override
    public String fault() {
        return fault;
    }

    @Override
    public void close() {
        connector.close();
        link.ifPresent(FrankaLink::close);
        link = Optional.empty();
    }
}
