package dev.continuo.simulation.cell;

import dev.continuo.hardware.arx.ArxModel;
import dev.continuo.hardware.arx.ArxMotor;
import dev.continuo.simulation.physics.ArmModel;
import dev.continuo.simulation.physics.ArmPlant;
import dev.continuo.simulation.physics.GripperPlant;
import java.util.Arrays;

/**
 * Sets the arms' drives without frames in between, as the driver would ask for them over CAN: its gains, gravity compensation at
 * 250 Hz, and a gripper that moves no faster and presses no harder than the driver lets it.
 */
final class DirectDrive {
    private static final int CONTROL_TICKS = 4;
    private static final double CONTROL_SECONDS = CONTROL_TICKS * SimulatedCell.TICK_NANOS * 1e-9;

    private final ArmPlant[] arms;
    private final ArxModel gains;
    private final double gripperStep;
    private final double[] position;
    private final double[] velocity;
    private final double[] gravity = new double[ArmModel.JOINTS];
    private final double[] gripperCommand;
    private boolean active;

    DirectDrive(final ArmPlant[] arms) {
        this.arms = arms;
        gains = ArxModel.named(arms[0].model().name()).forPaths();
        gripperStep = gains.gripperSpeed() / GripperPlant.METRES_PER_RADIAN * CONTROL_SECONDS;
        position = new double[arms.length * ArmPlant.AXES];
        velocity = new double[position.length];
        gripperCommand = new double[arms.length];
    }

    /** Stops driving; whoever drives next sets all drives anew. */
    void stop() {
        active = false;
    }

    /** A new set-point; velocities may be null for none. */
    void target(final double[] newPosition, final double[] newVelocity) {
        System.arraycopy(newPosition, 0, position, 0, position.length);
        if (newVelocity == null) {
            Arrays.fill(velocity, 0);
        } else {
            System.arraycopy(newVelocity, 0, velocity, 0, velocity.length);
        }
        for (int i = 0; i < arms.length && !active; i++) {
            gripperCommand[i] = arms[i].gripper().angle();
        }
        active = true;
    }

    /** Sets the drives, if this is a tick of the control cycle. */
    void update(final long tick) {
        if (!active || tick % CONTROL_TICKS != 0) {
            return;
        }
        for (int i = 0; i < arms.length; i++) {
            final int offset = i * ArmPlant.AXES;
            arms[i].dynamics().gravity(gravity);
            for (int joint = 0; joint < ArmModel.JOINTS; joint++) {
                final ArxMotor motor = gains.motors().get(joint);
                arms[i].drive(joint).set(motor.kp(), motor.kd(), position[offset + joint], velocity[offset + joint], gravity[joint]);
            }
            driveGripper(i, position[offset + ArmModel.JOINTS] / GripperPlant.METRES_PER_RADIAN);
        }
    }

    /** The command never runs further ahead of the fingers than the torque limit can account for. */
    private void driveGripper(final int arm, final double goal) {
        final GripperPlant gripper = arms[arm].gripper();
        final ArxMotor motor = gains.motors().get(ArxModel.GRIPPER);
        final double leash = (gains.gripperTorqueLimit() + motor.kd() * Math.abs(gripper.speed())) / motor.kp();
        final double advanced = gripperCommand[arm] + Math.clamp(goal - gripperCommand[arm], -gripperStep, gripperStep);
        gripperCommand[arm] = gripper.angle() + Math.clamp(advanced - gripper.angle(), -leash, leash);
        gripper.drive.set(motor.kp(), motor.kd(), gripperCommand[arm], 0, 0);
    }
}
