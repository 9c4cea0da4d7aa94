package dev.continuo.config;

/**
 * How hard an arm may touch something, by what a force-torque sensor at its wrist feels beyond what it felt when the arm was armed.
 *
 * @param sensor             the sensor's name; its first six channels are the force in N and the torque in Nm along and about x, y, z
 * @param forceNewtons       the force, whatever its direction, at which the arm stops
 * @param torqueNewtonMetres the torque, about whatever axis, at which it stops
 * @param maxAgeNanos        the age past which a reading tells nothing any more: the arm then holds
 */
public record ContactLimit(String sensor, double forceNewtons, double torqueNewtonMetres, long maxAgeNanos) {
    /** Force and torque along and about three axes. */
    public static final int CHANNELS = 6;
}
