package dev.continuo.hardware.kinematics;

import dev.continuo.config.BasePose;

/**
 * The kinematics of one arm that stands somewhere: joint angles to poses and back.
 *
 * <p>The one class that most users need; {@link ForwardKinematics} and {@link InverseKinematics} are the parts. Arrays of joint values
 * may be longer than the six joints (a gripper axis behind them is ignored and left alone).
 */
public final class ArxKinematics {
    /** The most that {@link #solveDown} slants the tool, radians. */
    public static final double MAX_SLANT = Math.toRadians(40);

    private static final int SLANT_STEPS = 20;
    private static final int SLANT_BISECTIONS = 10;

    private final ForwardKinematics forward;
    private final InverseKinematics inverse;
    private final Pose down = new Pose();
    private final double[] trial;
    private final double yawOfBase;

    /** Poses in the arm's own base frame. */
    public ArxKinematics(final SerialChain chain) {
        this(chain, new BasePose(0, 0, 0, 0));
    }

    /** Poses in the frame in which {@code base} is given, usually the cell's. */
    public ArxKinematics(final SerialChain chain, final BasePose base) {
        forward = new ForwardKinematics(chain, base);
        inverse = new InverseKinematics(new ForwardKinematics(chain, base));
        trial = new double[chain.jointCount()];
        yawOfBase = base.yawRadians();
    }

    /** The arm's geometry and limits. */
    public SerialChain chain() {
        return forward.chain();
    }

    /** Fills in the tool's pose for joint angles in radians. */
    public void toolPose(final double[] position, final Pose pose) {
        forward.update(position);
        forward.toolPose(pose);
    }

    /**
     * Fills in the poses of all links for joint angles in radians.
     *
     * @param poses one pose per link, that of the link which the first joint moves first
     */
    public void linkPoses(final double[] position, final Pose[] poses) {
        forward.update(position);
        for (int i = 0; i < poses.length; i++) {
            forward.linkPose(i, poses[i]);
        }
    }

    /**
     * Computes the geometric Jacobian of the tool, see {@link ForwardKinematics#jacobian}.
     *
     * @param position joint angles, radians
     * @param jacobian receives 6 x 6 values, row by row: linear velocity first
     */
    public void jacobian(final double[] position, final double[] jacobian) {
        forward.update(position);
        forward.jacobian(jacobian);
    }

    /**
     * Finds joint angles for a tool pose, see {@link InverseKinematics#solve}.
     *
     * @param target   the wanted tool pose
     * @param position seed on entry, best angles within the limits on return
     * @return whether the pose is met to within {@link InverseKinematics#POSITION_TOLERANCE} and
     *         {@link InverseKinematics#ANGLE_TOLERANCE}
     */
    public boolean solve(final Pose target, final double[] position) {
        return inverse.solve(target, position);
    }

    /**
     * Finds joint angles for a tool that points down, as vertically as the joints' limits allow: far out and high up it points
     * outwards a little.
     *
     * @param x        the tool's place, metres
     * @param y        metres
     * @param z        metres
     * @param yaw      the tool's turn about the vertical, radians, as in {@link Pose#setDown}
     * @param position seed on entry, on return the angles found, within the limits
     * @return the tool's slant from the vertical, radians, 0 wherever that can be; NaN when even {@link #MAX_SLANT} does not help,
     *         the angles then being the best for a vertical tool
     */
    public double solveDown(final double x, final double y, final double z, final double yaw, final double[] position) {
        down.setDown(x, y, z, yaw, 0, 0);
        if (inverse.solve(down, position)) {
            return 0;
        }
        final double heading = forward.headingTo(down) + yawOfBase;
        double tooSteep = 0;
        double slant = Double.NaN;
        for (int i = 1; i <= SLANT_STEPS && Double.isNaN(slant); i++) {
            final double tried = i * MAX_SLANT / SLANT_STEPS;
            if (slanted(x, y, z, yaw, tried, heading, position)) {
                slant = tried;
            } else {
                tooSteep = tried;
            }
        }
        if (Double.isNaN(slant)) {
            inverse.solve(down.setDown(x, y, z, yaw, 0, 0), position);
            return Double.NaN;
        }
        for (int i = 0; i < SLANT_BISECTIONS; i++) {
            final double middle = (tooSteep + slant) / 2;
            if (slanted(x, y, z, yaw, middle, heading, position)) {
                slant = middle;
            } else {
                tooSteep = middle;
            }
        }
        slanted(x, y, z, yaw, slant, heading, position);
        return slant;
    }

    /** Leaves {@code position} alone unless the slanted pose is found. */
    private boolean slanted(final double x, final double y, final double z, final double yaw, final double slant,
                            final double heading, final double[] position) {
        System.arraycopy(position, 0, trial, 0, trial.length);
        final boolean found = inverse.solve(down.setDown(x, y, z, yaw, slant, heading), trial);
        if (found) {
            System.arraycopy(trial, 0, position, 0, trial.length);
        }
        return found;
    }

    /** How far the last solution's tool is from its target, metres. */
    public double positionError() {
        return inverse.positionError();
    }

    /** How much the last solution's tool is turned away from its target, radians. */
    public double angleError() {
        return inverse.angleError();
    }
}
