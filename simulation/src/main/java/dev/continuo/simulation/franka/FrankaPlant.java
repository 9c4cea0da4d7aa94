package dev.continuo.simulation.franka;

import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.kinematics.FrankaChains;
import dev.continuo.hardware.franka.FrankaLimits;
import dev.continuo.hardware.kinematics.ChainDynamics;

/**
 * The arm as a body: what its joints do under torques. Weight, Coriolis forces and most of the friction are the robot's own business, as on a real one. For one
 * thread.
 */
final class FrankaPlant {
    private static final int JOINTS = FrankaLimits.JOINTS;
    private static final double CYCLE_SECONDS = FrankaLimits.CYCLE_SECONDS;
    /** Of an impedance controller: ratio of damping to what is critical for a joint of about this inertia, kg m². */
    private static final double DAMPED_INERTIA = 0.4;

    final double[] position;
    final double[] velocity = new double[JOINTS];
    /** What the motors did in the last cycle, Nm. */
    final double[] torque = new double[JOINTS];
    /** What others do to the joints, Nm. */
    final double[] external = new double[JOINTS];

    private final ChainDynamics dynamics;
    private final double[] bias = new double[JOINTS];
    private final double[] zero = new double[JOINTS];
    private final double[] damping = new double[JOINTS];
    private final double[] applied = new double[JOINTS];

    FrankaPlant(final FciVersion version, final double[] position) {
        dynamics = new ChainDynamics(FrankaLimits.of(version).chain(), FrankaChains.DRIVE);
        this.position = position.clone();
        weight();
        System.arraycopy(bias, 0, torque, 0, JOINTS);
    }

    /** One cycle under commanded torques, to which the robot adds what holds its weight. */
    void drive(final double[] commanded) {
        weight();
        java.util.Arrays.fill(damping, 0);
        for (int i = 0; i < JOINTS; i++) {
            torque[i] = commanded[i] + bias[i];
        }
        step();
    }

    /**
     * One cycle after a desired motion.
     *
     * @param stiffness of each joint, Nm/rad
     */
    void follow(final double[] wanted, final double[] wantedVelocity, final double[] wantedAcceleration, final double[] stiffness) {
        dynamics.inverseDynamics(position, velocity, wantedAcceleration, bias);
        final double rotor = FrankaChains.DRIVE.rotorInertia().at(0);
        for (int i = 0; i < JOINTS; i++) {
            damping[i] = 2 * Math.sqrt(stiffness[i] * DAMPED_INERTIA);
            torque[i] = bias[i] + rotor * wantedAcceleration[i] + FrankaChains.DRIVE.viscous().at(i) * wantedVelocity[i]
                + stiffness[i] * (wanted[i] - position[i]) + damping[i] * (wantedVelocity[i] - velocity[i]);
        }
        step();
    }

    private void weight() {
        dynamics.inverseDynamics(position, velocity, zero, bias);
    }

    private void step() {
        for (int i = 0; i < JOINTS; i++) {
            applied[i] = torque[i] + external[i];
        }
        dynamics.step(position, velocity, applied, damping, CYCLE_SECONDS);
    }
}
