package dev.continuo.simulation.physics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ChainDynamics;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArmDynamicsTest {

    @ParameterizedTest
    @CsvSource({
        "X5, 0 0 0 0 0 0,               .2402 .001 .1565,       0 .82808 5.5063 1.31947 0 0",
        "X5, 0 .948 .858 -.573 0 0,     .30357 .001 .20146,     0 -1.7451 5.4396 1.179 4e-5 0",
        "X5, .5 1.2 .9 -.4 .3 -.2,      .33298 .12464 .17855,   0 -3.14097 5.43582 1.13772 .09483 0",
        "L5, 0 0 0 0 0 0,               .2527 5e-5 .1635,       0 1.09101 5.53141 1.33049 0 -.00028",
        "L5, 0 1.57 1.57 0 0 0,         .51649 5e-5 .4275,      0 -5.52599 5.53141 1.33049 0 -2.8e-4",
        "L5, .5 1.2 .9 -.4 .3 -.2,      .34403 .12606 .17762,   0 -3.10306 5.50287 1.1531 .09072 -1e-4"})
    void toolAndGravityAgreeWithThePublishedReference(final String model, final String q, final String tip, final String torque) {
        final ArmDynamics dynamics = new ArmDynamics(ArmModel.named(model));
        dynamics.update(numbers(q));
        assertArrayEquals(numbers(tip), dynamics.origin(ArmDynamics.TOOL), 5e-5);
        final double[] gravity = new double[6];
        dynamics.gravity(gravity);
        assertArrayEquals(numbers(torque), gravity, 2e-4);
    }

    @ParameterizedTest
    @CsvSource({"X5", "L5", "R5"})
    void agreesWithTheDriversDynamicsWhichAreWrittenIndependently(final String model) {
        final ArmDynamics own = new ArmDynamics(ArmModel.named(model));
        final ChainDynamics other = new ChainDynamics(ArxChains.of(model.toLowerCase(java.util.Locale.ROOT)));
        final SplittableRandom random = new SplittableRandom(3);
        final double[] q = new double[6];
        final double[] qd = new double[6];
        final double[] torque = new double[6];
        final double[] expected = new double[6];
        final double[] actual = new double[6];
        for (int i = 0; i < 500; i++) {
            for (int j = 0; j < 6; j++) {
                q[j] = random.nextDouble(-1.5, 1.5);
                qd[j] = random.nextDouble(-3, 3);
                torque[j] = random.nextDouble(-5, 5);
            }
            own.update(q);
            own.gravity(actual);
            other.torques(q, expected);
            assertArrayEquals(expected, actual, 1e-9);
            own.accelerate(qd, torque, new double[6], null, null, actual);
            other.forwardDynamics(q, qd, torque, expected);
            for (int j = 0; j < 6; j++) {
                assertEquals(expected[j], actual[j], 1e-6 * (1 + Math.abs(expected[j])));
            }
        }
    }

    @Test
    void aForceOnTheHandIsFeltAsItsLeverArm() {
        // straight ahead at rest: 10 N upwards at the tool relieves the shoulder by 10 N times the horizontal distance
        final ArmDynamics dynamics = new ArmDynamics(ArmModel.R5);
        dynamics.update(new double[6]);
        final double[] gravity = new double[6];
        dynamics.gravity(gravity);
        final double[] tool = dynamics.origin(ArmDynamics.TOOL);
        gravity[1] -= -10 * (tool[0] - dynamics.origin(1)[0]);
        gravity[2] -= 10 * (tool[0] - dynamics.origin(2)[0]);
        gravity[3] -= 10 * (tool[0] - dynamics.origin(3)[0]);
        final double[] qdd = new double[6];
        dynamics.accelerate(new double[6], gravity, new double[6], new double[] {0, 0, 10}, tool, qdd);
        for (int j = 1; j < 4; j++) {
            assertEquals(0, qdd[j], 1e-3 * 10, "joint " + j);
        }
    }

    @ParameterizedTest
    @CsvSource({"X5", "R5"})
    void theAccelerationNeverCreatesEnergy(final String model) {
        // a frictionless fall in small steps: the sum of kinetic and potential energy may drift with the step only
        final ArmDynamics dynamics = new ArmDynamics(ArmModel.named(model));
        final double[] q = {0.3, 1.2, 1.0, -0.4, 0.5, -0.3};
        final double[] qd = new double[6];
        final double[] qdd = new double[6];
        final double step = 2e-6;
        final double start = energy(dynamics, q, qd);
        double kinetic = 0;
        for (int i = 0; i < 100_000; i++) {
            dynamics.update(q);
            dynamics.accelerate(qd, new double[6], new double[6], null, null, qdd);
            for (int j = 0; j < 6; j++) {
                qd[j] += qdd[j] * step;
                q[j] += qd[j] * step;
            }
        }
        kinetic = energy(dynamics, q, qd) - potential(dynamics, q);
        assertEquals(start, energy(dynamics, q, qd), 2e-3 * kinetic);
        assertEquals(true, kinetic > 0.5, "it must have fallen: " + kinetic);
    }

    private static double energy(final ArmDynamics dynamics, final double[] q, final double[] qd) {
        // link speeds from finite differences of the frames: independent of the code under test's velocity recursion
        final double h = 1e-6;
        final ArmModel model = dynamics.model();
        double energy = potential(dynamics, q);
        final double[] ahead = new double[6];
        final double[] behind = new double[6];
        for (int j = 0; j < 6; j++) {
            ahead[j] = q[j] + h * qd[j];
            behind[j] = q[j] - h * qd[j];
        }
        for (int link = 0; link < 6; link++) {
            final double[][] points = {point(dynamics, ahead, link), point(dynamics, behind, link)};
            for (int c = 0; c < 3; c++) {
                final double v = (points[0][c] - points[1][c]) / (2 * h);
                energy += 0.5 * model.mass(link) * v * v;
            }
            energy += 0.5 * spin(dynamics, q, ahead, behind, link, h);
        }
        return energy;
    }

    private static double spin(final ArmDynamics dynamics, final double[] q, final double[] ahead, final double[] behind,
        final int link, final double h) {
        dynamics.update(ahead);
        final double[] a = dynamics.rotation(link).clone();
        dynamics.update(behind);
        final double[] b = dynamics.rotation(link).clone();
        dynamics.update(q);
        final double[] r = dynamics.rotation(link).clone();
        // body rate: R' dR/dt is skew
        final double[] s = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    s[3 * i + j] += r[3 * k + i] * (a[3 * k + j] - b[3 * k + j]) / (2 * h);
                }
            }
        }
        final double[] w = {s[7], s[2], s[3]};
        final ArmModel model = dynamics.model();
        return model.inertia(link, 0) * w[0] * w[0] + model.inertia(link, 3) * w[1] * w[1] + model.inertia(link, 5) * w[2] * w[2]
            + 2 * (model.inertia(link, 1) * w[0] * w[1] + model.inertia(link, 2) * w[0] * w[2] + model.inertia(link, 4) * w[1] * w[2]);
    }

    private static double potential(final ArmDynamics dynamics, final double[] q) {
        double energy = 0;
        for (int link = 0; link < 6; link++) {
            energy += dynamics.model().mass(link) * ArmDynamics.GRAVITY * point(dynamics, q, link)[2];
        }
        return energy;
    }

    private static double[] point(final ArmDynamics dynamics, final double[] q, final int link) {
        dynamics.update(q);
        final double[] r = dynamics.rotation(link);
        final double[] o = dynamics.origin(link);
        final double[] p = new double[3];
        for (int i = 0; i < 3; i++) {
            p[i] = o[i];
            for (int c = 0; c < 3; c++) {
                p[i] += r[3 * i + c] * dynamics.model().centre(link, c);
            }
        }
        return p;
    }

    private static double[] numbers(final String text) {
        return java.util.Arrays.stream(text.trim().split("\\s+")).mapToDouble(Double::parseDouble).toArray();
    }
}
