package dev.continuo.simulation.physics;

/**
 * What a motor's drive is asked to do: the impedance law {@code kp (p_des - p) + kd (v_des - v) + t_ff} of its output shaft.
 *
 * <p>Mutable; the motor (or whoever drives the plant directly) writes it, the plant reads it at every step.
 */
public final class AxisDrive {
    /** Whether the drive makes torque at all. */
    public boolean enabled;
    /** Nm/rad. */
    public double stiffness;
    /** Nm s/rad. */
    public double damping;
    /** Radians of the output shaft. */
    public double position;
    /** Radians per second. */
    public double velocity;
    /** Feed-forward, Nm. */
    public double torque;

    /** Asks for an impedance about a set-point. */
    public void set(final double stiffness, final double damping, final double position, final double velocity, final double torque) {
        this.enabled = true;
        this.stiffness = stiffness;
        this.damping = damping;
        this.position = position;
        this.velocity = velocity;
        this.torque = torque;
    }

    /** Lets the shaft turn freely. */
    public void release() {
        enabled = false;
    }

    /**
     * The torque at the given state, without saturation; {@code ahead} seconds of motion at the present speed are anticipated, which
     * together with {@link #implicitInertia} makes a stiff law stable at any step.
     */
    double torqueAt(final double p, final double v, final double ahead) {
        return enabled ? stiffness * (position - p - ahead * v) + damping * (velocity - v) + torque : 0.0;
    }

    /** What an implicit step of the law adds to the axis' inertia. */
    double implicitInertia(final double step) {
        return enabled ? (stiffness * step + damping) * step : 0.0;
    }
}
