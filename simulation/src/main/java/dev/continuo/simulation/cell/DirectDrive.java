package dev.continuo.simulation.cell;

import dev.continuo.simulation.physics.ArmModel;
import dev.continuo.simulation.physics.ArmPlant;
import dev.continuo.simulation.physics.AxisDrive;
import dev.continuo.simulation.physics.GripperPlant;

/**
 * Sets the arms' drives without frames in between: the joint gains of the SDK and gravity compensation at 250 Hz, as the driver
 * would ask for them over CAN.
 */
final class DirectDrive {
    private static final double[] STIFFNESS = {80, 70, 70, 30, 30, 20};
    private static final double[] DAMPING = {2, 2, 2, 1, 1, 0.7};
    private static final double GRIPPER_STIFFNESS = 5;
    private static final double GRIPPER_DAMPING = 0.2;
    private static final int CONTROL_TICKS = 4;

    private final ArmPlant[] arms;
    private final double[] position;
    private final double[] velocity;
    private final double[] gravity = new double[ArmModel.JOINTS];
    private boolean active;

    DirectDrive(final ArmPlant[] arms) {
        this.arms = arms;
        position = new double[arms.length * ArmPlant.AXES];
        velocity = new double[position.length];
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
            final AxisDrive gripper = arms[i].drive(ArmModel.JOINTS);
            gripper.set(GRIPPER_STIFFNESS, GRIPPER_DAMPING, position[offset + ArmModel.JOINTS] / GripperPlant.METRES_PER_RADIAN,
                velocity[offset + ArmModel.JOINTS] / GripperPlant.METRES_PER_RADIAN, 0);
        }
    }
}
