package dev.continuo.simulation.cell;

import dev.continuo.simulation.physics.ArmModel;
import dev.continuo.simulation.physics.ArmPlant;
import dev.continuo.simulation.physics.GripperPlant;

/**
 * Sets the arms' drives without frames in between, as the driver would ask for them over CAN: stiffness, gravity compensation at
 * 250 Hz, and a gripper that moves no faster than 0.3 m/s and presses with 1.5 Nm at most.
 *
 * <p>The gains are those with which the SDK follows a path (its Cartesian controller's): with its softer joint gains the tool lags
 * and overshoots by a centimetre in the motions of this cell, with these by two millimetres.
 */
final class DirectDrive {
    private static final double[] STIFFNESS = {200, 200, 200, 120, 80, 60};
    private static final double[] DAMPING = {5, 5, 5, 1, 1, 1};
    private static final double GRIPPER_STIFFNESS = 5;
    private static final double GRIPPER_DAMPING = 0.2;
    private static final double GRIPPER_TORQUE = 1.5;
    private static final double GRIPPER_SPEED = 0.3 / GripperPlant.METRES_PER_RADIAN;
    private static final int CONTROL_TICKS = 4;
    private static final double CONTROL_SECONDS = CONTROL_TICKS * SimulatedCell.TICK_NANOS * 1e-9;

    private final ArmPlant[] arms;
    private final double[] position;
    private final double[] velocity;
    private final double[] gravity = new double[ArmModel.JOINTS];
    private final double[] gripperCommand;
    private boolean active;

    DirectDrive(final ArmPlant[] arms) {
        this.arms = arms;
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
            java.util.Arrays.fill(velocity, 0);
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
                arms[i].drive(joint).set(STIFFNESS[joint], DAMPING[joint], position[offset + joint], velocity[offset + joint],
                    gravity[joint]);
            }
            driveGripper(i, position[offset + ArmModel.JOINTS] / GripperPlant.METRES_PER_RADIAN);
        }
    }

    /** The command never runs further ahead of the fingers than the torque limit can account for. */
    private void driveGripper(final int arm, final double goal) {
        final GripperPlant gripper = arms[arm].gripper();
        final double step = GRIPPER_SPEED * CONTROL_SECONDS;
        final double leash = (GRIPPER_TORQUE + GRIPPER_DAMPING * Math.abs(gripper.speed())) / GRIPPER_STIFFNESS;
        final double advanced = gripperCommand[arm] + Math.clamp(goal - gripperCommand[arm], -step, step);
        gripperCommand[arm] = gripper.angle() + Math.clamp(advanced - gripper.angle(), -leash, leash);
        gripper.drive.set(GRIPPER_STIFFNESS, GRIPPER_DAMPING, gripperCommand[arm], 0, 0);
    }
}
