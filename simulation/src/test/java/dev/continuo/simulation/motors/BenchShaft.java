package dev.continuo.simulation.motors;

import dev.continuo.simulation.physics.AxisDrive;

/** A shaft whose state a test sets by hand. */
final class BenchShaft implements Shaft {
    final AxisDrive drive = new AxisDrive();
    double angle;
    double speed;
    double torque;

    @Override
    public double angle() {
        return angle;
    }

    @Override
    public double speed() {
        return speed;
    }

    @Override
    public double torque() {
        return torque;
    }

    @Override
    public AxisDrive drive() {
        return drive;
    }
}
