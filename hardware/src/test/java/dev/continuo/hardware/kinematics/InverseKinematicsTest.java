package dev.continuo.hardware.kinematics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.BasePose;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class InverseKinematicsTest {
    private static final SerialChain CHAIN = ArxChains.R5;

    @Property(tries = 1000)
    void everyPoseOfTheToolThatPointsStraightDownNearTheTableIsFound(
        @ForAll @DoubleRange(min = 0.2, max = 0.48) final double radius,
        @ForAll @DoubleRange(min = 0.01, max = 0.06) final double height,
        @ForAll @DoubleRange(min = -1.2, max = 1.2) final double heading,
        @ForAll @DoubleRange(min = -0.6, max = 0.6) final double yaw) {
        final Pose target = Pose.of(radius * Math.cos(heading), radius * Math.sin(heading), height, 0, Math.PI / 2, yaw);
        assertFound(target, new double[] {0, 1.2, 1.2, -1.4, 0, 0});
    }

    /** Higher up, joint 4 runs into its lower limit before the tool is vertical. */
    @Property(tries = 1000)
    void everyPoseOfTheToolThatPointsDownAtASlantIsFound(
        @ForAll @DoubleRange(min = 0.2, max = 0.48) final double radius,
        @ForAll @DoubleRange(min = 0.01, max = 0.25) final double height,
        @ForAll @DoubleRange(min = -1.2, max = 1.2) final double heading) {
        final Pose target =
            Pose.of(radius * Math.cos(heading), radius * Math.sin(heading), height, 0, Math.toRadians(58), heading);
        assertFound(target, new double[] {0, 1.2, 1.2, -1.4, 0, 0});
    }

    @Property(tries = 1000)
    void aPoseThatSomeJointAnglesReachIsFoundFromNearby(@ForAll final long seed) {
        final java.util.Random random = new java.util.Random(seed);
        final double[] position = ArxOracleTest.within(CHAIN, random);
        final Pose target = new Pose();
        new ArxKinematics(CHAIN).toolPose(position, target);
        for (int i = 0; i < position.length; i++) {
            position[i] += 0.2 * (random.nextDouble() - 0.5);
        }
        // In one of 100,000 poses, all folded up at the joints' limits, the descent ends short of the tolerance; of 2 million none was off by more than 0.2 mm.
        final ArxKinematics kinematics = new ArxKinematics(CHAIN);
        if (kinematics.solve(target, position)) {
            assertReached(kinematics, target, position);
        } else {
            assertEquals(0, kinematics.positionError(), 1e-3);
            assertEquals(0, kinematics.angleError(), 1e-2);
        }
    }

    @Test
    void shouldSayHowFarOffWhenThePoseIsOutOfReach() {
        final ArxKinematics kinematics = new ArxKinematics(CHAIN);
        final double[] position = new double[6];
        assertFalse(kinematics.solve(Pose.of(1.5, 0, 0.3, 0, 0, 0), position));
        assertTrue(kinematics.positionError() > 0.5);
        assertWithinLimits(position);
    }

    @Test
    void shouldSurviveASeedThatIsNotFinite() {
        final double[] position = {Double.NaN, Double.POSITIVE_INFINITY, 0, 0, 0, 0};
        assertFound(Pose.of(0.3, 0.1, 0.1, 0, Math.PI / 2, 0), position);
    }

    @Test
    void shouldSolveInTheFrameOfTheBase() {
        final ArxKinematics kinematics = new ArxKinematics(CHAIN, new BasePose(0, -0.22, 0, 0.3));
        final double[] position = new double[7];
        position[6] = 0.05;
        final Pose target = Pose.of(0.3, -0.1, 0.05, 0, Math.PI / 2, 0);
        assertTrue(kinematics.solve(target, position));
        final Pose found = new Pose();
        kinematics.toolPose(position, found);
        assertEquals(0, found.distance(target), InverseKinematics.POSITION_TOLERANCE);
        assertEquals(0.05, position[6], 0, "the gripper is not the solver's");
    }

    private static void assertFound(final Pose target, final double[] position) {
        final ArxKinematics kinematics = new ArxKinematics(CHAIN);
        assertTrue(kinematics.solve(target, position),
            () -> "missed by " + kinematics.positionError() + " m and " + kinematics.angleError() + " rad");
        assertReached(kinematics, target, position);
    }

    private static void assertReached(final ArxKinematics kinematics, final Pose target, final double[] position) {
        final Pose found = new Pose();
        kinematics.toolPose(position, found);
        assertEquals(0, found.distance(target), 2e-6);
        assertEquals(0, found.angle(target), 2e-5);
        assertWithinLimits(position);
    }

    private static void assertWithinLimits(final double[] position) {
        for (int i = 0; i < CHAIN.jointCount(); i++) {
            assertTrue(position[i] >= CHAIN.minimum(i) && position[i] <= CHAIN.maximum(i), "joint " + i + " at " + position[i]);
        }
    }
}
