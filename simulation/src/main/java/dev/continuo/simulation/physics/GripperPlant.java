package dev.continuo.simulation.physics;

/**
 * The gripper: one motor that opens and closes both fingers between hard stops, and against what is held between them.
 *
 * <p>State in radians of the motor; metres outside. An object between the fingers is a stiff spring from its width on, so that torque
 * rises there and the squeeze stays a fraction of a millimetre. Allocates nothing.
 */
public final class GripperPlant {
    /** Metres of opening per radian of the motor. */
    public static final double METRES_PER_RADIAN = ArmModel.GRIPPER_WIDTH / ArmModel.GRIPPER_OPEN_RADIANS;

    /** No object between the fingers. */
    public static final double NOTHING = -1.0;

    private static final double INERTIA = 1e-3;
    private static final double VISCOUS = 0.01;
    private static final double COULOMB = 0.02;
    private static final double STICTION_SPEED = 0.05;
    private static final double STOP_STIFFNESS = 200.0;
    private static final double STOP_DAMPING = 1.0;
    /** 3e5 N/m at the pads. */
    private static final double PAD_STIFFNESS = 3e5 * METRES_PER_RADIAN * METRES_PER_RADIAN;
    private static final double PAD_DAMPING = 0.1;

    /** The set-point of the motor, in its own radians. */
    public final AxisDrive drive = new AxisDrive();

    private final double peakTorque;
    private double angle = ArmModel.GRIPPER_OPEN_RADIANS;
    private double speed;
    private double motorTorque;
    private double objectWidth = NOTHING;
    private double gripForce;

    /** A gripper whose motor saturates at the given torque, Nm; fully open. */
    public GripperPlant(final double peakTorque) {
        this.peakTorque = peakTorque;
    }

    /** Puts the fingers at an opening in metres, at rest. */
    public void reset(final double opening) {
        angle = Math.clamp(opening / METRES_PER_RADIAN, 0.0, ArmModel.GRIPPER_OPEN_RADIANS);
        speed = 0;
        motorTorque = 0;
        objectWidth = NOTHING;
        gripForce = 0;
        drive.release();
    }

    /** Tells what stands between the fingers: its width in metres, or {@link #NOTHING}. */
    public void objectWidth(final double width) {
        objectWidth = width;
    }

    /** One step of {@code step} seconds. */
    public void step(final double step) {
        final double asked = drive.torqueAt(angle, speed, step);
        final boolean saturated = Math.abs(asked) > peakTorque;
        double torque = saturated ? Math.copySign(peakTorque, asked) : asked;
        double inertia = INERTIA + (saturated ? 0 : drive.implicitInertia(step));
        final double friction = VISCOUS + COULOMB / (Math.abs(speed) + STICTION_SPEED);
        inertia += friction * step;
        torque -= friction * speed;
        double pad = 0;
        double padInertia = 0;
        final double squeezed = objectWidth / METRES_PER_RADIAN - angle;
        if (objectWidth > 0 && squeezed > 0) {
            pad = PAD_STIFFNESS * (squeezed - step * speed) - PAD_DAMPING * speed;
            padInertia = (PAD_STIFFNESS * step + PAD_DAMPING) * step;
        }
        double stop = 0;
        final double beyond = angle < 0 ? angle : Math.max(0, angle - ArmModel.GRIPPER_OPEN_RADIANS);
        if (beyond != 0) {
            stop = -STOP_STIFFNESS * (beyond + step * speed) - STOP_DAMPING * speed;
            inertia += (STOP_STIFFNESS * step + STOP_DAMPING) * step;
        }
        final double acceleration = (torque + pad + stop) / (inertia + padInertia);
        gripForce = Math.max(0, pad - padInertia * acceleration) / METRES_PER_RADIAN;
        motorTorque = saturated ? Math.copySign(peakTorque, asked) : asked - drive.implicitInertia(step) * acceleration;
        speed += acceleration * step;
        angle += speed * step;
    }

    /** The fingers' opening, metres. */
    public double opening() {
        return angle * METRES_PER_RADIAN;
    }

    /** The motor's angle, radians. */
    public double angle() {
        return angle;
    }

    /** The motor's speed, rad/s. */
    public double speed() {
        return speed;
    }

    /** The motor's torque at its output, Nm. */
    public double motorTorque() {
        return motorTorque;
    }

    /** The force with which each pad presses on the object, newtons; 0 without one. */
    public double gripForce() {
        return gripForce;
    }
}
