package dev.continuo.hardware.arx;

/**
 * What full scale means in a motor's frames. Host and motor must agree on it: a wrong torque range silently rescales every torque.
 *
 * @param position positions lie in plus or minus this, rad at the output
 * @param velocity velocities lie in plus or minus this, rad/s
 * @param torque   commanded torques (and those that a Damiao motor reports) lie in plus or minus this, Nm
 * @param current  currents that an ENCOS motor reports lie in plus or minus this, A; unused by Damiao motors
 * @param kp       stiffness lies between 0 and this, Nm/rad
 * @param kd       damping lies between 0 and this, Nm s/rad
 */
public record MotorRanges(float position, float velocity, float torque, float current, float kp, float kd) {
    private static final float LARGEST_PLAUSIBLE = 1000.0f;

    /** The ranges of a Damiao motor, whose stiffness and damping ranges are fixed. */
    public static MotorRanges damiao(final float position, final float velocity, final float torque) {
        return new MotorRanges(position, velocity, torque, torque, 500.0f, 5.0f);
    }

    /** Whether a motor can be driven with them: all finite, positive and not absurd. */
    public boolean isPlausible() {
        return plausible(position) && plausible(velocity) && plausible(torque) && plausible(current) && plausible(kp)
            && plausible(kd);
    }

    private static boolean plausible(final float range) {
        return range > 0.01f && range <= LARGEST_PLAUSIBLE;
    }
}
