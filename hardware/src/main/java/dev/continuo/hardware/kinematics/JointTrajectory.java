package dev.continuo.hardware.kinematics;

import dev.continuo.config.AxisLimits;

/**
 * A synchronised motion of all axes from one pose of rest to another, along a straight line in joint space.
 *
 * <p>The way covered follows the polynomial of least jerk, {@code s(u) = 10u^3 - 15u^4 + 6u^5} with {@code u = t / T}. Its peaks are
 * {@code s' = 15/8}, {@code |s''| = 10/sqrt(3)} and {@code |s'''| = 60}; the duration {@code T} is the shortest for which no axis exceeds
 * its share of the limits.
 *
 * <p>A mutable object that one thread plans and samples; neither allocates.
 */
public final class JointTrajectory {
    private static final double PEAK_VELOCITY = 15.0 / 8;
    private static final double PEAK_ACCELERATION = 10 / Math.sqrt(3);
    private static final double PEAK_JERK = 60;

    private final double[] maxVelocity;
    private final double[] maxAcceleration;
    private final double[] maxJerk;
    private final double[] from;
    private final double[] way;
    private double duration;

    /**
     * Motions that use a part of the limits.
     *
     * @param share the part, more than 0 and at most 1
     */
    public JointTrajectory(final AxisLimits limits, final double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share " + share + " is not in (0, 1]");
        }
        maxVelocity = scaled(limits.velocity().toArray(), share);
        maxAcceleration = scaled(limits.acceleration().toArray(), share);
        maxJerk = scaled(limits.jerk().toArray(), share);
        from = new double[maxVelocity.length];
        way = new double[maxVelocity.length];
    }

    /**
     * Plans a motion.
     *
     * @param start  where the axes stand: radians, the gripper in metres
     * @param target where they shall stand
     * @return the motion's duration, seconds; 0 when there is nothing to move
     */
    public double plan(final double[] start, final double[] target) {
        duration = 0;
        for (int i = 0; i < from.length; i++) {
            from[i] = start[i];
            way[i] = target[i] - start[i];
            final double length = Math.abs(way[i]);
            duration = Math.max(duration, length * PEAK_VELOCITY / maxVelocity[i]);
            duration = Math.max(duration, Math.sqrt(length * PEAK_ACCELERATION / maxAcceleration[i]));
            duration = Math.max(duration, Math.cbrt(length * PEAK_JERK / maxJerk[i]));
        }
        return duration;
    }

    /** The duration of the planned motion, seconds. */
    public double duration() {
        return duration;
    }

    /**
     * Where the axes shall be.
     *
     * @param seconds  since the motion's beginning; before it the start, after its end the target
     * @param position receives one value per axis
     * @return whether the motion is over
     */
    public boolean sample(final double seconds, final double[] position) {
        final boolean over = seconds >= duration;
        final double u = over ? 1 : Math.max(0, seconds / duration);
        final double covered = over ? 1 : u * u * u * (10 + u * (6 * u - 15));
        for (int i = 0; i < from.length; i++) {
            position[i] = from[i] + covered * way[i];
        }
        return over;
    }

    private static double[] scaled(final double[] values, final double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return values;
    }
}
