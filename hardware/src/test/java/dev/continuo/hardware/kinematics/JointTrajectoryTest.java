package dev.continuo.hardware.kinematics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.AxisLimits;
import dev.continuo.config.AxisVector;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JointTrajectoryTest {
    private static final AxisLimits LIMITS = new AxisLimits(AxisVector.uniform(7, -3), AxisVector.uniform(7, 3),
        AxisVector.of(2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 0.3), AxisVector.of(15, 15, 15, 15, 15, 15, 3),
        AxisVector.of(400, 400, 400, 400, 400, 400, 100), new AxisLimits.Workspace(-1, 1, -1, 1, 0, 1));

    @Property(tries = 100)
    void shouldGoFromRestToRestWithinItsShareOfTheLimits(@ForAll final long seed) {
        final Random random = new Random(seed);
        final double share = 0.1 + 0.9 * random.nextDouble();
        final JointTrajectory trajectory = new JointTrajectory(LIMITS, share);
        final double[] start = random.doubles(7, -2, 2).toArray();
        final double[] target = random.doubles(7, -2, 2).toArray();
        final double duration = trajectory.plan(start, target);
        final int count = 2000;
        final double h = duration / count;
        final double[][] samples = new double[count + 7][7];
        for (int k = 0; k < samples.length; k++) {
            assertEquals(k - 3 >= count, trajectory.sample(k - 3 == count ? duration : (k - 3) * h, samples[k]));
        }
        assertArrayEquals(start, samples[0]);
        assertArrayEquals(target, samples[count + 6]);
        double tightest = 0;
        for (int axis = 0; axis < 7; axis++) {
            for (int k = 3; k < samples.length; k++) {
                final double a = samples[k][axis];
                final double b = samples[k - 1][axis];
                final double c = samples[k - 2][axis];
                final double d = samples[k - 3][axis];
                tightest = Math.max(tightest, Math.abs(a - b) / h / (share * LIMITS.velocity().at(axis)));
                tightest = Math.max(tightest, Math.abs(a - 2 * b + c) / (h * h) / (share * LIMITS.acceleration().at(axis)));
                tightest = Math.max(tightest, Math.abs(a - 3 * b + 3 * c - d) / (h * h * h) / (share * LIMITS.jerk().at(axis)));
            }
        }
        assertTrue(tightest <= 1.001, "exceeds its share " + tightest + " times");
        assertTrue(tightest >= 0.98, "is slower than it need be: " + tightest);
    }

    @Test
    void shouldBeOverAtOnceWhenThereIsNothingToMove() {
        final JointTrajectory trajectory = new JointTrajectory(LIMITS, 0.5);
        final double[] pose = {1, 2, 0, 0, 0, 0, 0.05};
        final double[] position = new double[7];
        assertEquals(0, trajectory.plan(pose, pose));
        assertTrue(trajectory.sample(0, position));
        assertArrayEquals(pose, position);
    }

    @Test
    void allAxesShouldArriveTogether() {
        final JointTrajectory trajectory = new JointTrajectory(LIMITS, 0.5);
        final double duration = trajectory.plan(new double[7], new double[] {1, 0.1, 0, 0, 0, 0, -0.02});
        final double[] position = new double[7];
        assertFalse(trajectory.sample(duration / 2, position));
        assertArrayEquals(new double[] {0.5, 0.05, 0, 0, 0, 0, -0.01}, position, 1e-12);
    }

    @Test
    void shouldRefuseAShareThatIsNone() {
        assertThrows(IllegalArgumentException.class, () -> new JointTrajectory(LIMITS, 0));
        assertThrows(IllegalArgumentException.class, () -> new JointTrajectory(LIMITS, 1.1));
        assertThrows(IllegalArgumentException.class, () -> new JointTrajectory(LIMITS, Double.NaN));
    }
}
