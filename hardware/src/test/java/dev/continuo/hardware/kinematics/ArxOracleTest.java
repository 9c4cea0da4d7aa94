package dev.continuo.hardware.kinematics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.BasePose;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kinematics and dynamics against mecano, against finite differences, and against the conservation of energy. */
class ArxOracleTest {
    private static final int CASES = 200;

    @ParameterizedTest
    @ValueSource(strings = {"x5", "l5", "r5"})
    void framesJacobianTorquesAndMassMatrixAgreeWithMecano(final String model) {
        final SerialChain chain = ArxChains.of(model);
        final MecanoArm oracle = new MecanoArm(chain);
        final ArxKinematics kinematics = new ArxKinematics(chain);
        final ChainDynamics dynamics = new ChainDynamics(chain);
        final Random random = new Random(7);
        final double[] zero = new double[6];
        final double[] torque = new double[6];
        final double[] matrix = new double[36];
        final Pose pose = new Pose();
        final Pose[] links = {new Pose(), new Pose(), new Pose(), new Pose(), new Pose(), new Pose()};
        for (int i = 0; i < CASES; i++) {
            final double[] position = within(chain, random);
            final double[] velocity = random.doubles(6, -3, 3).toArray();
            final double[] acceleration = random.doubles(6, -20, 20).toArray();
            oracle.move(position, velocity, acceleration);
            kinematics.toolPose(position, pose);
            assertSame(oracle.toolPose(), pose);
            kinematics.linkPoses(position, links);
            for (int link = 0; link < 6; link++) {
                assertSame(oracle.linkPose(link), links[link]);
            }
            kinematics.jacobian(position, matrix);
            assertArrayEquals(oracle.jacobian(), matrix, 1e-10);
            dynamics.inverseDynamics(position, velocity, acceleration, torque);
            assertArrayEquals(oracle.inverseDynamics(), torque, 1e-9);
            dynamics.massMatrix(position, matrix);
            assertArrayEquals(oracle.massMatrix(), matrix, 1e-10);
            oracle.move(position, zero, zero);
            dynamics.torques(position, torque);
            assertArrayEquals(oracle.inverseDynamics(), torque, 1e-9);
        }
    }

    @Test
    void forwardDynamicsUndoesInverseDynamics() {
        final ChainDynamics dynamics = new ChainDynamics(ArxChains.R5);
        final Random random = new Random(11);
        final double[] torque = new double[6];
        final double[] found = new double[6];
        for (int i = 0; i < CASES; i++) {
            final double[] position = within(ArxChains.R5, random);
            final double[] velocity = random.doubles(6, -3, 3).toArray();
            final double[] acceleration = random.doubles(6, -20, 20).toArray();
            dynamics.inverseDynamics(position, velocity, acceleration, torque);
            dynamics.forwardDynamics(position, velocity, torque, found);
            assertArrayEquals(acceleration, found, 1e-7);
        }
    }

    @Test
    void aFreeArmKeepsItsEnergyAndADrivenOneLosesIt() {
        final double[] position = {0.3, 1.4, 1.2, -0.5, 0.4, 0.2};
        final double[] velocity = {1, -0.5, 0.7, 0.3, -1, 2};
        final double[] still = new double[6];
        final ChainDynamics free = new ChainDynamics(ArxChains.R5);
        final double before = free.energy(position, velocity);
        for (int i = 0; i < 20_000; i++) {
            free.step(position, velocity, still, still, 1e-5);
        }
        assertEquals(before, free.energy(position, velocity), 2e-3 * Math.abs(before));

        final ChainDynamics driven = new ChainDynamics(ArxChains.R5, ArxChains.DRIVE);
        double energy = driven.energy(position, velocity);
        for (int i = 0; i < 200; i++) {
            driven.step(position, velocity, still, still, 1e-3);
            final double next = driven.energy(position, velocity);
            assertTrue(next < energy + 1e-3, "energy grew from " + energy + " to " + next);
            energy = next;
        }
    }

    @Test
    void anArmUnderPositionControlStandsStillAtTheStepOfTheSimulatedCell() {
        final ChainDynamics dynamics = new ChainDynamics(ArxChains.R5, ArxChains.DRIVE);
        final double[] wanted = {0.1, 1.2, 1.1, -0.6, 0.1, 0.2};
        final double[] stiffness = {80, 70, 70, 30, 30, 20};
        final double[] damping = {2, 2, 2, 1, 1, 0.7};
        final double[] position = wanted.clone();
        position[1] += 0.05;
        final double[] velocity = new double[6];
        final double[] torque = new double[6];
        for (int i = 0; i < 2_000; i++) {
            dynamics.torques(position, torque);
            for (int j = 0; j < 6; j++) {
                torque[j] += stiffness[j] * (wanted[j] - position[j]) - damping[j] * velocity[j];
            }
            dynamics.step(position, velocity, torque, damping, 1e-3);
        }
        assertArrayEquals(wanted, position, 0.01);
        assertArrayEquals(new double[6], velocity, 1e-3);
    }

    @Test
    void theBasePoseMovesAndTurnsEverything() {
        final BasePose base = new BasePose(0.3, -0.2, 0.1, 0.7);
        final double[] position = {0.2, 1.2, 1.0, -0.7, 0.1, 0.3};
        final Pose local = new Pose();
        final Pose placed = new Pose();
        new ArxKinematics(ArxChains.R5).toolPose(position, local);
        new ArxKinematics(ArxChains.R5, base).toolPose(position, placed);
        final double c = Math.cos(0.7);
        final double s = Math.sin(0.7);
        assertArrayEquals(new double[] {0.3 + c * local.x() - s * local.y(), -0.2 + s * local.x() + c * local.y(), 0.1 + local.z()},
            placed.position, 1e-12);
        assertEquals(local.yaw() + 0.7, placed.yaw(), 1e-12);
    }

    static double[] within(final SerialChain chain, final Random random) {
        final double[] position = new double[chain.jointCount()];
        for (int i = 0; i < position.length; i++) {
            position[i] = chain.minimum(i) + random.nextDouble() * (chain.maximum(i) - chain.minimum(i));
        }
        return position;
    }

    private static void assertSame(final Pose expected, final Pose actual) {
        assertArrayEquals(expected.position, actual.position, 1e-10);
        assertArrayEquals(expected.rotation, actual.rotation, 1e-10);
    }
}
