package dev.continuo.hardware.kinematics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrankaChainsTest {
    private static final double[] READY = {0, -Math.PI / 4, 0, -3 * Math.PI / 4, 0, Math.PI / 2, Math.PI / 4};
    /** a, d, alpha of each joint and of the flange (franka-fci.md section 11). */
    private static final double[][] CRAIG = {{0, 0.333, 0}, {0, 0, -Math.PI / 2}, {0, 0.316, Math.PI / 2}, {0.0825, 0, Math.PI / 2},
        {-0.0825, 0.384, -Math.PI / 2}, {0, 0, Math.PI / 2}, {0.088, 0, Math.PI / 2}, {0, 0.107, 0}};

    private final ForwardKinematics forward = new ForwardKinematics(FrankaChains.FR3);
    private final Pose flange = new Pose();

    @Test
    void theFlangeIsWhereThePublishedParametersPutIt() {
        forward.update(READY);
        forward.toolPose(flange);
        assertEquals(0.306891, flange.x(), 1e-6);
        assertEquals(0, flange.y(), 1e-12);
        assertEquals(0.590282, flange.z(), 1e-6);
        final SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 200; trial++) {
            final double[] position = new double[READY.length];
            for (int i = 0; i < position.length; i++) {
                position[i] = random.nextDouble(FrankaChains.FR3.minimum(i), FrankaChains.FR3.maximum(i));
            }
            forward.update(position);
            forward.toolPose(flange);
            final double[][] expected = craig(position);
            for (int row = 0; row < 3; row++) {
                assertEquals(expected[row][3], flange.position[row], 1e-12);
                for (int column = 0; column < 3; column++) {
                    assertEquals(expected[row][column], flange.rotation[3 * row + column], 1e-12);
                }
            }
        }
    }

    private static double[][] craig(final double[] position) {
        double[][] pose = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
        for (int i = 0; i < CRAIG.length; i++) {
            final double angle = i < position.length ? position[i] : 0;
            final double c = Math.cos(angle);
            final double s = Math.sin(angle);
            final double ca = Math.cos(CRAIG[i][2]);
            final double sa = Math.sin(CRAIG[i][2]);
            final double[][] step = {{c, -s, 0, CRAIG[i][0]}, {s * ca, c * ca, -sa, -sa * CRAIG[i][1]},
                {s * sa, c * sa, ca, ca * CRAIG[i][1]}, {0, 0, 0, 1}};
            final double[][] next = new double[4][4];
            for (int row = 0; row < 4; row++) {
                for (int column = 0; column < 4; column++) {
                    for (int k = 0; k < 4; k++) {
                        next[row][column] += pose[row][k] * step[k][column];
                    }
                }
            }
            pose = next;
        }
        return pose;
    }

    @Test
    void theArmHoldsItsWeightWithTorquesThatItHas() {
        final ChainDynamics dynamics = new ChainDynamics(FrankaChains.PANDA, FrankaChains.DRIVE);
        final double[] torque = new double[READY.length];
        final double[] stretched = {0, Math.PI / 2, 0, -0.07, 0, Math.PI / 2, 0};
        dynamics.torques(stretched, torque);
        assertTrue(torque[1] < -40 && torque[1] > -87, "joint 2 of an arm that is stretched out bears " + torque[1] + " Nm of 87");
        final double[] acceleration = new double[READY.length];
        dynamics.torques(READY, torque);
        dynamics.forwardDynamics(READY, new double[READY.length], torque, acceleration);
        for (final double each : acceleration) {
            assertEquals(0, each, 1e-9);
        }
    }
}
