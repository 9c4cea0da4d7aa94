package dev.continuo.config;

import java.util.Arrays;

/**
 * An immutable vector with one value per axis: six joints in radians (or their derivatives) and the gripper in metres.
 *
 * <p>Equality is by value, which a bare array would not give.
 */
public final class AxisVector {
    private final double[] values;

    private AxisVector(final double[] values) {
        this.values = values;
    }

    /** A vector of the given values, which are copied. */
    public static AxisVector of(final double... values) {
        return new AxisVector(values.clone());
    }

    /** A vector whose {@code size} values are all the same. */
    public static AxisVector uniform(final int size, final double value) {
        final double[] values = new double[size];
        Arrays.fill(values, value);
        return new AxisVector(values);
    }

    /** The value of one axis. */
    public double at(final int axis) {
        return values[axis];
    }

    /** The number of axes. */
    public int size() {
        return values.length;
    }

    /** A fresh array of the values. */
    public double[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof AxisVector that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
