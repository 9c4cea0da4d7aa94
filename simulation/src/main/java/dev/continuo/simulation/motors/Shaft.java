package dev.continuo.simulation.motors;

import dev.continuo.simulation.physics.ArmPlant;
import dev.continuo.simulation.physics.AxisDrive;

/** The output shaft of a motor: what its encoder and current sensors see, and what its drive acts on. */
public interface Shaft {

    /** The shaft's angle, radians. */
    double angle();

    /** Its speed, rad/s. */
    double speed();

    /** The torque that the motor makes now, Nm. */
    double torque();

    /** What the drive is asked to do. */
    AxisDrive drive();

    /** The shaft of one axis of an arm. */
    static Shaft of(final ArmPlant arm, final int axis) {
        return new Shaft() {
            @Override
            public double angle() {
                return arm.angle(axis);
            }

            @Override
            public double speed() {
                return arm.speed(axis);
            }

            @Override
            public double torque() {
                return arm.motorTorque(axis);
            }

            @Override
            public AxisDrive drive() {
                return arm.drive(axis);
            }
        };
    }
}
