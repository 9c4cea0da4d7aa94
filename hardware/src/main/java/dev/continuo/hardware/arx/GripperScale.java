package dev.continuo.hardware.arx;

/**
 * The gripper between its motor and the world: metres of opening, metres per second and newtons above, radians and newton metres
 * below.
 *
 * <p>It also limits what the gripper presses with. The command moves no faster than the gripper's speed; it stops advancing while
 * the motor pushes with more than half of its limit; and it never runs further ahead of the measured position than the limit
 * accounts for, so that fingers that meet an object press with the limit at most even if the torque is misread. That last bound also
 * bounds the speed: the motor's own damping eats the torque up at 0.13 m/s.
 */
final class GripperScale {
    private final double radiansPerMetre;
    private final double torqueLimit;
    private final double speed;
    private final double kp;
    private double commanded;
    private long stalledCycles;

    GripperScale(final ArxModel model) {
        final ArxMotor motor = model.motors().get(ArxModel.GRIPPER);
        radiansPerMetre = model.gripperOpenRadians() / model.gripperWidthMetres();
        torqueLimit = model.gripperTorqueLimit();
        speed = model.gripperSpeed() * Math.abs(radiansPerMetre);
        kp = motor.kp();
    }

    double metres(final double radians) {
        return radians / radiansPerMetre;
    }

    double radians(final double metres) {
        return metres * radiansPerMetre;
    }

    /** Grip force: positive presses the fingers open, negative together. By virtual work. */
    double newtons(final double torque) {
        return torque * radiansPerMetre;
    }

    /** Begins at the measured position. */
    void restart(final double measuredRadians) {
        commanded = measuredRadians;
    }

    /**
     * The position to command in this cycle.
     *
     * @param targetRadians where the gripper is to go
     * @param seconds       since the last cycle
     */
    double advance(
        final double targetRadians, final double measuredRadians, final double torque, final double seconds) {
        final double step = clamp(targetRadians - commanded, speed * seconds);
        final boolean pushing = Math.abs(torque) > 0.5 * torqueLimit;
        if (pushing && step * torque > 0.0) {
            stalledCycles++;
        } else {
            commanded += step;
        }
        commanded = measuredRadians + clamp(commanded - measuredRadians, torqueLimit / kp);
        return commanded;
    }

    private static double clamp(final double value, final double magnitude) {
        return Math.max(-magnitude, Math.min(magnitude, value));
    }

    /** Cycles in which the command was held back because the gripper pressed on something. */
    long stalledCycles() {
        return stalledCycles;
    }
}
