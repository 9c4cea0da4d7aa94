package dev.continuo.hardware.kinematics;

/**
 * An open chain of revolute joints: geometry, mass properties and position limits. Immutable.
 *
 * <p>Frame {@code i} is fixed to link {@code i}, the body that joint {@code i} moves. At joint angle zero it is displaced by the
 * joint's origin and rotated by the joint's roll from frame {@code i - 1}; the chain's base frame comes before frame 0.
 */
public final class SerialChain {

    /** The axis of a joint in its own frame. */
    public enum Axis {
        /** First axis. */
        X,
        /** Second axis. */
        Y,
        /** Third axis. */
        Z
    }

    /**
     * One joint and the link that it moves.
     *
     * @param origin      the frame's origin in the previous frame, x y z, metres
     * @param rollRadians rotation of the frame about the previous frame's x axis at joint angle zero
     * @param axis        what the joint turns about
     * @param minimum     least joint angle, radians
     * @param maximum     greatest joint angle, radians
     * @param mass        the link's mass, kg
     * @param centre      the link's centre of mass in its frame, x y z, metres
     * @param inertia     the link's inertia about its centre of mass: xx xy xz yy yz zz, kg m^2
     */
    public record Joint(double[] origin, double rollRadians, Axis axis, double minimum, double maximum,
                        double mass, double[] centre, double[] inertia) {

        /** Copies the arrays. */
        public Joint {
            origin = origin.clone();
            centre = centre.clone();
            inertia = inertia.clone();
        }

        /** The same joint whose link has another mass. */
        public Joint withMass(final double otherMass) {
            return new Joint(origin, rollRadians, axis, minimum, maximum, otherMass, centre, inertia);
        }
    }

    /**
     * What stands upright at the base and must not be met by the rest of the arm: all points nearer than a radius to the axis from the base up.
     *
     * @param height of the axis, metres
     * @param radius metres; 0 for none
     */
    public record Column(double height, double radius) {
        /** Whether there is any. */
        public boolean exists() {
            return radius > 0;
        }
    }

    private static final Column NO_COLUMN = new Column(0, 0);

    final Joint[] joints;
    final double[] toolOffset;
    /** The tool frame is turned about the last link's third axis by this. */
    final double toolTurnRadians;
    private final int[] landmarks;
    private final Column column;
    private final String name;

    /**
     * A chain.
     *
     * @param name       for messages
     * @param toolOffset the tool frame's origin in the last link's frame, metres; its axes are those of the last link, see {@link #withTool}
     * @param landmarks  links whose origins stand for the arm's body: elbow, wrist, flange
     * @param joints     from the base to the tool
     */
    public SerialChain(final String name, final double[] toolOffset, final int[] landmarks, final Joint... joints) {
        this(name, toolOffset, 0, landmarks, NO_COLUMN, joints);
    }

    private SerialChain(final String name, final double[] toolOffset, final double toolTurnRadians, final int[] landmarks, final Column column,
        final Joint... joints) {
        this.column = column;
        this.name = name;
        this.toolOffset = toolOffset.clone();
        this.toolTurnRadians = toolTurnRadians;
        this.landmarks = landmarks.clone();
        this.joints = joints.clone();
    }

    /** The chain's name, for example {@code r5}. */
    public String name() {
        return name;
    }

    /** The tool frame's origin in the last link's frame, metres; a copy. */
    public double[] toolOffset() {
        return toolOffset.clone();
    }

    /** Links whose origins stand for the arm's body, counted from 0 at the base: elbow, wrist, flange; a copy. */
    public int[] landmarks() {
        return landmarks.clone();
    }

    /**
     * The same arm with another tool.
     *
     * @param offset      the tool frame's origin in the last link's frame, metres
     * @param turnRadians how far the tool frame is turned about the last link's third axis
     */
    public SerialChain withTool(final double[] offset, final double turnRadians) {
        return new SerialChain(name, offset, turnRadians, landmarks, column, joints);
    }

    /** The same arm whose landmarks and tool have to stay clear of what stands at its base. */
    public SerialChain withColumn(final Column other) {
        return new SerialChain(name, toolOffset, toolTurnRadians, landmarks, other, joints);
    }

    /** What stands at the base. */
    public Column column() {
        return column;
    }

    /** The number of joints, which is also the number of links. */
    public int jointCount() {
        return joints.length;
    }

    /** One joint, counted from 0 at the base. */
    public Joint joint(final int index) {
        return joints[index];
    }

    /** Least joint angle, radians. */
    public double minimum(final int joint) {
        return joints[joint].minimum;
    }

    /** Greatest joint angle, radians. */
    public double maximum(final int joint) {
        return joints[joint].maximum;
    }

    /**
     * No point between the origin of {@code joint} and the tool's origin is ever farther from that joint's origin, metres.
     */
    public double reachFrom(final int joint) {
        double reach = length(toolOffset);
        for (int i = joint + 1; i < joints.length; i++) {
            reach += length(joints[i].origin);
        }
        return reach;
    }

    @Override
    public String toString() {
        return name;
    }

    private static double length(final double[] vector) {
        return Math.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
    }
}
