package dev.continuo.hardware.franka;

/**
 * Makes commands of what is wanted: filtered, limited and checked, as a robot wants them from one millisecond to the next (franka-fci.md sections 6, 10 and 11). What
 * came before is the robot's own account of it in the state that is answered. Nothing is allocated unless something is wrong. For one thread.
 *
 * <p>The arrays that are handed in are scratch: they hold what was commanded afterwards.
 */
public final class CommandShaper {
    private static final double UNIT_TOLERANCE = 1e-5;
    private static final int JOINTS = FrankaLimits.JOINTS;

    private final LowPassFilter filter;
    private final RateLimiter limiter;
    private final boolean limited;
    private final double[] position = new double[JOINTS];
    private final double[] velocity = new double[JOINTS];
    private final double[] acceleration = new double[JOINTS];
    private final double[] previous = new double[16];
    private final double[] twist = new double[6];
    private final double[] twistRate = new double[6];

    /**
     * A shaper for a robot.
     *
     * @param cutOffHertz of the low-pass filter; {@link LowPassFilter#NO_FILTER_HERTZ} and more for none
     * @param limited     whether set-points are brought within the robot's limits, too
     */
    public CommandShaper(final FciVersion version, final double cutOffHertz, final boolean limited) {
        filter = new LowPassFilter(cutOffHertz);
        limiter = new RateLimiter(FrankaLimits.of(version));
        this.limited = limited;
    }

    /** Commands joint positions, rad. */
    public void positions(final RobotState state, final double[] wanted, final RobotCommand command) {
        finite("joint position", wanted, JOINTS);
        joints(state);
        filter.values(wanted, position);
        if (limited) {
            limiter.jointPositions(wanted, position, velocity, acceleration);
        }
        command.putPositions(wanted);
    }

    /** Commands joint velocities, rad/s. */
    public void velocities(final RobotState state, final double[] wanted, final RobotCommand command) {
        finite("joint velocity", wanted, JOINTS);
        joints(state);
        filter.values(wanted, velocity);
        if (limited) {
            limiter.jointVelocities(wanted, position, velocity, acceleration);
        }
        command.putVelocities(wanted);
    }

    /** Commands a pose of the end effector in the base frame, 4×4 column by column. */
    public void pose(final RobotState state, final double[] wanted, final RobotCommand command) {
        finite("pose", wanted, previous.length);
        rigid(wanted);
        state.get(StateField.O_T_EE_C, previous);
        Rotations.straighten(previous);
        filter.pose(wanted, previous);
        if (limited) {
            state.get(StateField.O_DP_EE_C, twist);
            state.get(StateField.O_DDP_EE_C, twistRate);
            limiter.pose(wanted, previous, twist, twistRate);
        }
        command.putPose(wanted);
    }

    /** Commands a twist of the end effector in the base frame, m/s and rad/s. */
    public void twist(final RobotState state, final double[] wanted, final RobotCommand command) {
        finite("twist", wanted, twist.length);
        state.get(StateField.O_DP_EE_C, twist);
        filter.values(wanted, twist);
        if (limited) {
            state.get(StateField.O_DDP_EE_C, twistRate);
            limiter.twist(wanted, twist, twistRate);
        }
        command.putTwist(wanted);
    }

    /**
     * Commands the elbow, beside a pose or a twist.
     *
     * @param angle of joint 3, rad
     * @param side  on which joint 4 bends: 1 or -1
     */
    public void elbow(final RobotState state, final double angle, final double side, final RobotCommand command) {
        if (!Double.isFinite(angle) || Math.abs(side) != 1) {
            throw new IllegalArgumentException("an elbow at " + angle + " rad on side " + side);
        }
        final double before = state.get(StateField.ELBOW_C, 0);
        final double filtered = filter.value(angle, before);
        command.putElbow(limited
            ? limiter.elbow(filtered, before, state.get(StateField.DELBOW_C, 0), state.get(StateField.DDELBOW_C, 0)) : filtered, side);
    }

    /** Commands torques without gravity and friction, Nm. */
    public void torques(final RobotState state, final double[] wanted, final RobotCommand command) {
        finite("torque", wanted, JOINTS);
        state.get(StateField.TAU_J_D, position);
        filter.values(wanted, position);
        if (limited) {
            limiter.torques(wanted, position);
        }
        command.putTorques(wanted);
    }

    private void joints(final RobotState state) {
        state.get(StateField.Q_D, position);
        state.get(StateField.DQ_D, velocity);
        state.get(StateField.DDQ_D, acceleration);
    }

    private static void finite(final String what, final double[] values, final int count) {
        if (values.length != count) {
            throw new IllegalArgumentException(what + ": " + values.length + " values instead of " + count);
        }
        for (int i = 0; i < count; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(what + " " + i + " is " + values[i]);
            }
        }
    }

    private static void rigid(final double[] pose) {
        if (pose[3] != 0 || pose[7] != 0 || pose[11] != 0 || pose[15] != 1) {
            throw new IllegalArgumentException("the last row of a pose is 0 0 0 1");
        }
        for (int i = 0; i < 3; i++) {
            unit(pose[4 * i], pose[4 * i + 1], pose[4 * i + 2]);
            unit(pose[i], pose[4 + i], pose[8 + i]);
        }
    }

    private static void unit(final double x, final double y, final double z) {
        if (Math.abs(Math.sqrt(x * x + y * y + z * z) - 1) > UNIT_TOLERANCE) {
            throw new IllegalArgumentException("a pose that is no rotation: (" + x + ", " + y + ", " + z + ") should have length 1");
        }
    }
}
