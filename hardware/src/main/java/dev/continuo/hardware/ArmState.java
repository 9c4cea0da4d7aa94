package dev.continuo.hardware;

/**
 * The measured state of one arm: a mutable flyweight that its owner overwrites each cycle.
 *
 * <p>The last axis is the gripper (metres of opening, m/s, N of grip), those before it are joints from the base on (radians, rad/s, Nm).
 */
public final class ArmState {
    /** Measured positions. */
    public final double[] position;
    /** Measured velocities. */
    public final double[] velocity;
    /** Measured efforts at the output. */
    public final double[] effort;
    /** When the oldest of the values was received; {@link Long#MIN_VALUE} before all axes were heard. */
    public long measuredAtNanos = Long.MIN_VALUE;

    /** A state of {@code axes} axes, all zero and never measured. */
    public ArmState(final int axes) {
        position = new double[axes];
        velocity = new double[axes];
        effort = new double[axes];
    }
}
