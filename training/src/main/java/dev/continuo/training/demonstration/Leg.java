package dev.continuo.training.demonstration;

/**
 * One leg of a demonstration: one arm moves from where it is to a pose along a straight minimum-jerk path.
 *
 * @param arm        0 left, 1 right
 * @param target     where the tool goes
 * @param seconds    how long it takes
 * @param detour     whether the leg is a disturbance that must not be imitated: it leads away from the way so that what follows shows
 *                   the way back
 */
record Leg(int arm, ToolPose target, double seconds, boolean detour) {

    /** Progress of a minimum-jerk motion, 0 to 1, at a fraction of its time (Flash and Hogan, 1985). */
    static double progress(final double fraction) {
        final double f = Math.clamp(fraction, 0.0, 1.0);
        return f * f * f * (10 + f * (-15 + 6 * f));
    }
}
