package dev.continuo.hardware.kinematics;

import dev.continuo.config.BasePose;

/**
 * The kinematics of one arm that stands somewhere: joint angles to poses and back.
 *
 * <p>The one class that most users need; {@link ForwardKinematics} and {@link InverseKinematics} are the parts. Arrays of joint values
 * may be longer than the six joints (a gripper axis behind them is ignored and left alone).
 */
public final class ArxKinematics {
    private final ForwardKinematics forward;
    private final InverseKinematics inverse;

    /** Poses in the arm's own base frame. */
    public ArxKinematics(final SerialChain chain) {
        this(chain, new BasePose(0, 0, 0, 0));
    }

    /** Poses in the frame in which {@code base} is given, usually the cell's. */
    public ArxKinematics(final SerialChain chain, final BasePose base) {
        forward = new ForwardKinematics(chain, base);
        inverse = new InverseKinematics(new ForwardKinematics(chain, base));
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

    /** How far the last solution's tool is from its target, metres. */
    public double positionError() {
        return inverse.positionError();
    }

    /** How much the last solution's tool is turned away from its target, radians. */
    public double angleError() {
        return inverse.angleError();
    }
}
