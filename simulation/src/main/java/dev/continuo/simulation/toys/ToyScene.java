package dev.continuo.simulation.toys;

import java.util.Arrays;

/**
 * Everything that moves on the toys' table, at one instant: a mutable object that its owner overwrites.
 *
 * <p>Thing {@link ToyTable#OBJECT} is to be picked and thing {@link ToyTable#TARGET} is what it is placed by.
 */
public final class ToyScene {
    /** Seven joint angles (rad), then the opening of the hand (m). */
    public final double[] axes = new double[8];
    /** Centres of the things: x, y, z of thing i at 3 i, metres. */
    public final double[] position = new double[3 * ToyTable.THINGS];
    /** Turns about the vertical, radians; a thing that is at rest stands upright. */
    public final double[] yaw = new double[ToyTable.THINGS];
    /** Whether the hand holds a thing. */
    public final boolean[] held = new boolean[ToyTable.THINGS];
    /** The instant, nanoseconds of the cell's clock. */
    public long timeNanos;

    /** Stands a thing on the table. */
    public void stand(final int thing, final Toy toy, final double x, final double y, final double turnRadians) {
        position[3 * thing] = x;
        position[3 * thing + 1] = y;
        position[3 * thing + 2] = toy.role().height() / 2;
        yaw[thing] = turnRadians;
        held[thing] = false;
    }

    /** Takes over another scene. */
    public void copyFrom(final ToyScene other) {
        System.arraycopy(other.axes, 0, axes, 0, axes.length);
        System.arraycopy(other.position, 0, position, 0, position.length);
        System.arraycopy(other.yaw, 0, yaw, 0, yaw.length);
        System.arraycopy(other.held, 0, held, 0, held.length);
        timeNanos = other.timeNanos;
    }

    /** Whether all things are where they are in another scene, to the last bit, and turned as they are there. */
    public boolean standsLike(final ToyScene other) {
        return Arrays.equals(position, other.position) && Arrays.equals(yaw, other.yaw);
    }

    /** World x of a thing's centre. */
    public double x(final int thing) {
        return position[3 * thing];
    }

    /** World y of a thing's centre. */
    public double y(final int thing) {
        return position[3 * thing + 1];
    }

    /** Height of a thing's centre above the table. */
    public double z(final int thing) {
        return position[3 * thing + 2];
    }
}
