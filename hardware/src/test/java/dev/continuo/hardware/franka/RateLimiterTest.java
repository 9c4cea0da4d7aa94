package dev.continuo.hardware.franka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever is wanted, a robot accepts what comes out; what it would accept comes out as it was. */
class RateLimiterTest {
    private static final double CYCLE = 1e-3;

    @Test
    void limitsAreTheDocumentedOnes() {
        assertEquals(2.62 - 1e-3, FrankaLimits.FR3.highestVelocity(0, 0), 1e-12);
        assertEquals(Math.sqrt(2 * 2.585 * 0.2) - 0.2517 - 1e-3, FrankaLimits.FR3.highestVelocity(1, 1.8361 - 0.2), 1e-12);
        assertEquals(-1e-3, FrankaLimits.FR3.highestVelocity(3, 1), 1e-12, "beyond its range a joint may only return");
        assertEquals(-5.26 + 1e-3, FrankaLimits.FR3.lowestVelocity(6, 0), 1e-12);
        assertEquals(2.175 - 1e-3 - 3e-3 * 15, FrankaLimits.PANDA.highestVelocity(0, 2.8), 1e-12);
        assertEquals(-(2.61 - 1e-3 - 3e-3 * 20), FrankaLimits.PANDA.lowestVelocity(6, 2.8), 1e-12);
        assertEquals(2.0 - 1e-3 - 3e-3 * 13, FrankaLimits.PANDA.translation().velocity(), 1e-12);
        assertEquals(3.0 - 1e-3, FrankaLimits.FR3.translation().velocity(), 1e-12);
        assertEquals(FrankaLimits.FR3, FrankaLimits.of(FciVersion.FR3));
    }

    @Property(tries = 60)
    void jointPositionsStayWithinVelocityAccelerationAndJerk(@ForAll final FrankaLimits robot, @ForAll final long seed) {
        final RateLimiter limiter = new RateLimiter(robot);
        final SplittableRandom random = new SplittableRandom(seed);
        final double[] position = {0, 0, 0, -1.5, 0, 1.8, 0};
        final double[] velocity = new double[7];
        final double[] acceleration = new double[7];
        final double[] wanted = new double[7];
        for (int cycle = 0; cycle < 2000; cycle++) {
            if (cycle % 200 == 0) {
                Arrays.setAll(wanted, i -> random.nextDouble(-8, 8));
            }
            final double[] next = wanted.clone();
            limiter.jointPositions(next, position, velocity, acceleration);
            for (int i = 0; i < 7; i++) {
                final double v = (next[i] - position[i]) / CYCLE;
                final double a = (v - velocity[i]) / CYCLE;
                final double j = (a - acceleration[i]) / CYCLE;
                assertTrue(v <= robot.highestVelocity(i, position[i]) + 0.06 || a < 0, "velocity of joint " + i + ": " + v);
                assertTrue(Math.abs(a) <= robot.jointAcceleration(i) + 1e-6, "acceleration of joint " + i + ": " + a);
                // Where the range of velocities ends, the acceleration is cut at once, as libfranka cuts it.
                final double room = Math.min(robot.highestVelocity(i, position[i]) - velocity[i], velocity[i] - robot.lowestVelocity(i, position[i]));
                assertTrue(room < square(robot.jointAcceleration(i)) / robot.jointJerk(i) || Math.abs(j) <= robot.jointJerk(i) + 1,
                    "jerk of joint " + i + ": " + j);
                velocity[i] = v;
                acceleration[i] = a;
                position[i] = next[i];
            }
        }
    }

    @Property
    void whatARobotAcceptsIsLeftAlone(@ForAll final FrankaLimits robot, @ForAll final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final double[] part = new double[7];
        Arrays.setAll(part, _ -> random.nextDouble(-0.9, 0.9));
        final RateLimiter limiter = new RateLimiter(robot);
        final double[] torques = new double[7];
        Arrays.setAll(torques, i -> part[i]);
        limiter.torques(torques, new double[7]);
        assertArrayEquals(part, torques, 1e-15);

        final double[] velocities = new double[7];
        Arrays.setAll(velocities, i -> part[i] * robot.jointJerk(i) * CYCLE * CYCLE);
        final double[] same = velocities.clone();
        limiter.jointVelocities(velocities, new double[] {0, 0, 0, -1.5, 0, 1.8, 0}, new double[7], new double[7]);
        assertArrayEquals(same, velocities, 1e-12);

        final double[] twist = new double[6];
        Arrays.setAll(twist, i -> part[i] / Math.sqrt(3) * (i < 3 ? robot.translation() : robot.rotation()).jerk() * CYCLE * CYCLE);
        final double[] sameTwist = twist.clone();
        limiter.twist(twist, new double[6], new double[6]);
        assertArrayEquals(sameTwist, twist, 1e-12);
        assertEquals(part[0] * 1e-9, limiter.elbow(part[0] * 1e-9, 0, 0, 0), 1e-15);
    }

    @Test
    void torquesChangeByOneNewtonmetreAMillisecond() {
        final double[] torques = {5, -5, 1.4, 0, 0, 0, 0};
        new RateLimiter(FrankaLimits.FR3).torques(torques, new double[] {0, 0, 1, 0, 0, 0, 0});
        assertArrayEquals(new double[] {0.999989, -0.999989, 1.4, 0, 0, 0, 0}, torques, 1e-12);
    }

    @Property(tries = 40)
    void posesStayRotationsAndWithinAcceleration(@ForAll final FrankaLimits robot, @ForAll final long seed) {
        final RateLimiter limiter = new RateLimiter(robot);
        final SplittableRandom random = new SplittableRandom(seed);
        double[] pose = identity();
        double[] velocity = new double[6];
        double[] acceleration = new double[6];
        final double[] goal = randomPose(random);
        for (int cycle = 0; cycle < 500; cycle++) {
            final double[] next = goal.clone();
            limiter.pose(next, pose, velocity, acceleration);
            final double[] twist = new double[6];
            for (int i = 0; i < 3; i++) {
                twist[i] = (next[12 + i] - pose[12 + i]) / CYCLE;
            }
            final double[] from = new double[9];
            final double[] to = new double[9];
            Rotations.ofPose(pose, from);
            Rotations.ofPose(next, to);
            Rotations.between(from, to, twist, 3);
            final double[] change = new double[6];
            for (int i = 0; i < 6; i++) {
                twist[i] /= i < 3 ? 1 : CYCLE;
                change[i] = (twist[i] - velocity[i]) / CYCLE;
            }
            assertTrue(length(change, 0) <= robot.translation().acceleration() + 1e-6, "translation " + length(change, 0));
            assertTrue(length(change, 3) <= robot.rotation().acceleration() + 1e-3, "rotation " + length(change, 3));
            assertTrue(length(twist, 0) <= robot.translation().velocity() + 0.05 && length(twist, 3) <= robot.rotation().velocity() + 0.05);
            for (int column = 0; column < 3; column++) {
                assertEquals(1, Math.sqrt(square(next[4 * column]) + square(next[4 * column + 1]) + square(next[4 * column + 2])), 1e-9);
            }
            pose = next;
            velocity = twist;
            acceleration = change;
        }
    }

    @Property
    void aTurnLeadsFromOneRotationToTheOther(@ForAll final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final double[] from = new double[9];
        final double[] to = new double[9];
        Rotations.ofPose(randomPose(random), from);
        Rotations.ofPose(randomPose(random), to);
        final double[] turn = new double[3];
        final double[] there = new double[9];
        Rotations.between(from, to, turn, 0);
        Rotations.turned(from, turn, 0, there);
        assertArrayEquals(to, there, 1e-9);
        for (int axis = 0; axis < 3; axis++) {
            final double[] half = {0, 0, 0};
            half[axis] = Math.PI;
            Rotations.turned(from, half, 0, there);
            Rotations.between(from, there, turn, 0);
            assertEquals(Math.PI, length(turn, 0), 1e-6);
            assertEquals(Math.PI, Math.abs(turn[axis]), 1e-5);
        }
    }

    @Test
    void theFilterCountsAsMuchAsDocumented() {
        final LowPassFilter filter = new LowPassFilter(LowPassFilter.DEFAULT_HERTZ);
        assertEquals(0.38587, filter.gain(), 1e-5);
        assertEquals(2 * filter.gain(), filter.value(2, 0), 1e-12);
        assertEquals(1, new LowPassFilter(1000).gain());
        assertThrows(IllegalArgumentException.class, () -> new LowPassFilter(0));
        assertThrows(IllegalArgumentException.class, () -> new LowPassFilter(Double.NaN));
        final double[] quarter = {0, 1, 0, 0, -1, 0, 0, 0, 0, 0, 1, 0, 1, 2, 3, 1};
        filter.pose(quarter, identity());
        assertEquals(filter.gain() * Math.PI / 2, Math.atan2(quarter[1], quarter[0]), 1e-12);
        assertArrayEquals(new double[] {filter.gain(), 2 * filter.gain(), 3 * filter.gain(), 1}, Arrays.copyOfRange(quarter, 12, 16), 1e-12);
    }

    private static double square(final double value) {
        return value * value;
    }

    private static double length(final double[] values, final int at) {
        return Math.sqrt(square(values[at]) + square(values[at + 1]) + square(values[at + 2]));
    }

    private static double[] identity() {
        return new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    }

    private static double[] randomPose(final SplittableRandom random) {
        final double[] rotation = new double[9];
        final double[] turn = {random.nextDouble(-2, 2), random.nextDouble(-2, 2), random.nextDouble(-1, 1)};
        final double[] pose = identity();
        final double[] plain = new double[9];
        Rotations.ofPose(pose, plain);
        Rotations.turned(plain, turn, 0, rotation);
        Rotations.toPose(rotation, pose);
        for (int i = 12; i < 15; i++) {
            pose[i] = random.nextDouble(-0.5, 0.5);
        }
        return pose;
    }
}
