package dev.continuo.hardware.kinematics;

import dev.continuo.config.BasePose;

/**
 * The poses of all links of a chain for given joint angles, and the geometric Jacobian of the tool.
 *
 * <p>{@link #update} does the work; the other methods read its result. All poses are in the frame in which the base pose is given:
 * the arm's own base frame when none is.
 */
public final class ForwardKinematics {
    final SerialChain chain;
    /** Rotation of frame i at 9 i. */
    final double[] rotation;
    /** Origin of frame i at 3 i. */
    final double[] origin;
    /** Direction of joint axis i at 3 i. */
    final double[] axis;
    /** The tool's origin. */
    final double[] tool = new double[3];

    private final int count;
    private final double turnCosine;
    private final double turnSine;
    private final double[] baseRotation;
    private final double[] baseOrigin;
    private final double[] turned = new double[9];

    /** Poses in the arm's base frame. */
    public ForwardKinematics(final SerialChain chain) {
        this(chain, new BasePose(0, 0, 0, 0));
    }

    /** Poses in the frame in which {@code base} is given. */
    public ForwardKinematics(final SerialChain chain, final BasePose base) {
        this.chain = chain;
        turnCosine = Math.cos(chain.toolTurnRadians);
        turnSine = Math.sin(chain.toolTurnRadians);
        count = chain.jointCount();
        rotation = new double[9 * count];
        origin = new double[3 * count];
        axis = new double[3 * count];
        baseRotation = new Pose().set(0, 0, 0, 0, 0, base.yawRadians()).rotation;
        baseOrigin = new double[] {base.x(), base.y(), base.z()};
        update(new double[count]);
    }

    /** The chain that this computes. */
    public SerialChain chain() {
        return chain;
    }

    /**
     * Computes all frames.
     *
     * @param position joint angles, radians; values after the chain's joints are ignored
     */
    public void update(final double[] position) {
        double[] parentRotation = baseRotation;
        double[] parentOrigin = baseOrigin;
        int r = 0;
        int o = 0;
        for (int i = 0; i < count; i++) {
            final SerialChain.Joint joint = chain.joints[i];
            transform(parentRotation, r, joint.origin(), parentOrigin, o, origin, 3 * i);
            turnAboutX(parentRotation, r, joint.rollRadians());
            final int along = joint.axis().ordinal();
            final int first = (along + 1) % 3;
            final int second = (along + 2) % 3;
            final double c = Math.cos(position[i]);
            final double s = Math.sin(position[i]);
            for (int row = 0; row < 3; row++) {
                final double a = turned[3 * row + first];
                final double b = turned[3 * row + second];
                rotation[9 * i + 3 * row + first] = c * a + s * b;
                rotation[9 * i + 3 * row + second] = c * b - s * a;
                rotation[9 * i + 3 * row + along] = turned[3 * row + along];
                axis[3 * i + row] = turned[3 * row + along];
            }
            parentRotation = rotation;
            parentOrigin = origin;
            r = 9 * i;
            o = 3 * i;
        }
        transform(rotation, r, chain.toolOffset, origin, o, tool, 0);
    }

    /** Fills in the tool's pose. */
    public void toolPose(final Pose pose) {
        System.arraycopy(tool, 0, pose.position, 0, 3);
        final int last = 9 * (count - 1);
        for (int row = 0; row < 9; row += 3) {
            final double a = rotation[last + row];
            final double b = rotation[last + row + 1];
            pose.rotation[row] = turnCosine * a + turnSine * b;
            pose.rotation[row + 1] = turnCosine * b - turnSine * a;
            pose.rotation[row + 2] = rotation[last + row + 2];
        }
    }

    /** Fills in the pose of one link's frame, counted from 0 for the link that the first joint moves. */
    public void linkPose(final int link, final Pose pose) {
        System.arraycopy(origin, 3 * link, pose.position, 0, 3);
        System.arraycopy(rotation, 9 * link, pose.rotation, 0, 9);
    }

    /** One coordinate (0 x, 1 y, 2 z) of a link frame's origin, metres. */
    public double linkOrigin(final int link, final int coordinate) {
        return origin[3 * link + coordinate];
    }

    /** One coordinate (0 x, 1 y, 2 z) of the tool's origin, metres. */
    public double toolOrigin(final int coordinate) {
        return tool[coordinate];
    }

    /**
     * The geometric Jacobian: tool velocity = J times joint velocities.
     *
     * @param jacobian receives six rows of as many columns as joints, row by row: three of linear velocity of the tool's origin,
     *                 three of angular velocity, both in the frame of the poses
     */
    public void jacobian(final double[] jacobian) {
        for (int i = 0; i < count; i++) {
            final double ax = axis[3 * i];
            final double ay = axis[3 * i + 1];
            final double az = axis[3 * i + 2];
            final double rx = tool[0] - origin[3 * i];
            final double ry = tool[1] - origin[3 * i + 1];
            final double rz = tool[2] - origin[3 * i + 2];
            jacobian[i] = ay * rz - az * ry;
            jacobian[count + i] = az * rx - ax * rz;
            jacobian[2 * count + i] = ax * ry - ay * rx;
            jacobian[3 * count + i] = ax;
            jacobian[4 * count + i] = ay;
            jacobian[5 * count + i] = az;
        }
    }

    /** The angle about the base's vertical axis at which a pose's origin lies, radians in [-pi, pi]; 0 is straight ahead. */
    double headingTo(final Pose pose) {
        final double dx = pose.position[0] - baseOrigin[0];
        final double dy = pose.position[1] - baseOrigin[1];
        return Math.atan2(baseRotation[0] * dy - baseRotation[3] * dx, baseRotation[0] * dx + baseRotation[3] * dy);
    }

    /** to[t..] = R[r..] vector + from[f..]. */
    private static void transform(final double[] matrix, final int r, final double[] vector, final double[] from, final int f,
                                  final double[] to, final int t) {
        for (int row = 0; row < 3; row++) {
            to[t + row] = from[f + row] + matrix[r + 3 * row] * vector[0] + matrix[r + 3 * row + 1] * vector[1]
                + matrix[r + 3 * row + 2] * vector[2];
        }
    }

    /** turned = R[r..] Rx(roll), with exact half turns, which are the only ones that ARX arms have. */
    private void turnAboutX(final double[] matrix, final int r, final double roll) {
        final boolean halfTurn = Math.abs(roll) == Math.PI;
        final double c = halfTurn ? -1 : Math.cos(roll);
        final double s = halfTurn ? 0 : Math.sin(roll);
        for (int row = 0; row < 3; row++) {
            final double b = matrix[r + 3 * row + 1];
            final double d = matrix[r + 3 * row + 2];
            turned[3 * row] = matrix[r + 3 * row];
            turned[3 * row + 1] = c * b + s * d;
            turned[3 * row + 2] = c * d - s * b;
        }
    }
}
