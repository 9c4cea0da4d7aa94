package dev.continuo.actors.agent;

import dev.continuo.config.AxisLimits;
import dev.continuo.config.AxisVector;

/**
 * A straight line in joint space from rest to rest with the least jerk, slow enough to stay well within the limits.
 *
 * <p>With {@code s = t / T} each axis follows {@code from + (to - from) (10 s^3 - 15 s^4 + 6 s^5)}, whose highest speed is
 * {@code 1.875 d / T} and highest acceleration {@code 5.774 d / T^2}.
 */
final class PoseMotion {
    private static final double PEAK_SPEED = 1.875;
    private static final double PEAK_ACCELERATION = 5.774;
    private static final double PEAK_JERK = 60.0;
    /** The part of each limit that a pose is approached with. */
    private static final double SHARE_OF_LIMITS = 0.4;

    private final AxisLimits limits;
    private final double[] from;
    private final double[] to;
    private long startNanos;
    private double durationNanos;

    PoseMotion(final AxisLimits limits) {
        this.limits = limits;
        from = new double[limits.minimum().size()];
        to = new double[from.length];
    }

    void plan(final double[] start, final AxisVector goal, final long nowNanos) {
        double seconds = 0.1;
        for (int axis = 0; axis < from.length; axis++) {
            from[axis] = start[axis];
            to[axis] = goal.at(axis);
            final double distance = Math.abs(to[axis] - from[axis]) / SHARE_OF_LIMITS;
            seconds = Math.max(seconds, PEAK_SPEED * distance / limits.velocity().at(axis));
            seconds = Math.max(seconds, Math.sqrt(PEAK_ACCELERATION * distance / limits.acceleration().at(axis)));
            seconds = Math.max(seconds, Math.cbrt(PEAK_JERK * distance / limits.jerk().at(axis)));
        }
        startNanos = nowNanos;
        durationNanos = seconds * 1e9;
    }

    /** The setpoint that is due; the goal once the motion is over. */
    void sample(final long nowNanos, final double[] setpoint) {
        final double s = Math.max(0, Math.min(1, (nowNanos - startNanos) / durationNanos));
        final double share = s * s * s * (10 + s * (6 * s - 15));
        for (int axis = 0; axis < from.length; axis++) {
            setpoint[axis] = from[axis] + share * (to[axis] - from[axis]);
        }
    }

    boolean isOver(final long nowNanos) {
        return nowNanos - startNanos >= durationNanos;
    }
}
