package dev.continuo.hardware.kinematics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.BasePose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The places of the math-matching cell that each R5 must reach, wherever cards and board happen to lie. */
class CellReachTest {
    private static final double TURN = Math.toRadians(10);

    /** Base y, then x, y of the place, how far it may lie off, and the slant allowed 8 cm above it in degrees. */
    @ParameterizedTest(name = "arm at y = {0} to ({1}, {2})")
    @CsvSource({
        "0.22, 0.265, 0.185, 0.012, 0", "-0.22, 0.265, 0, 0.012, 0", "-0.22, 0.265, -0.185, 0.012, 0",
        "0.22, 0.395, 0.055, 0.014, 0", "0.22, 0.395, -0.055, 0.014, 6", "-0.22, 0.395, 0.055, 0.014, 6", "-0.22, 0.395, -0.055, 0.014, 0"})
    void shouldPickAndPlaceStraightDownAndHoverNearlySo(
        final double base, final double x, final double y, final double jitter, final double slantAbove) {
        final ArxKinematics arm = new ArxKinematics(ArxChains.R5, new BasePose(0, base, 0, 0));
        final double[] position = new double[6];
        for (double dx = -jitter; dx <= jitter; dx += jitter) {
            for (double dy = -jitter; dy <= jitter; dy += jitter) {
                for (double yaw = -TURN; yaw <= TURN; yaw += TURN) {
                    assertEquals(0, arm.solveDown(x + dx, y + dy, 0.01, yaw, position), 0);
                    assertEquals(0, arm.solveDown(x + dx, y + dy, 0.02, yaw, position), 0);
                    final double slant = Math.toDegrees(arm.solveDown(x + dx, y + dy, 0.08, yaw, position));
                    assertTrue(slant <= slantAbove, "slant " + slant);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.22", "-0.22"})
    void shouldPointStraightDownInTheReadyPose(final double base) {
        final ArxKinematics arm = new ArxKinematics(ArxChains.R5, new BasePose(0, base, 0, 0));
        final double[] position = new double[6];
        assertEquals(0, arm.solveDown(0.20, base, 0.14, 0, position), 0);
        final Pose pose = new Pose();
        arm.toolPose(position, pose);
        assertEquals(0, pose.distance(Pose.of(0.20, base, 0.14, 0, Math.PI / 2, 0)), 2e-6);
    }

    @ParameterizedTest
    @CsvSource({"0.3", "-0.5"})
    void aSlantedToolPointsAwayFromATurnedArm(final double baseYaw) {
        final ArxKinematics arm = new ArxKinematics(ArxChains.R5, new BasePose(0.1, 0.2, 0, baseYaw));
        final double[] position = new double[6];
        final double x = 0.1 + 0.48 * Math.cos(0.4);
        final double y = 0.2 + 0.48 * Math.sin(0.4);
        final double slant = arm.solveDown(x, y, 0.15, 0.2, position);
        assertTrue(slant > 0.1, "slant " + slant);
        final Pose pose = new Pose();
        arm.toolPose(position, pose);
        final double outwards = Math.cos(0.4) * pose.rotation[0] + Math.sin(0.4) * pose.rotation[3];
        assertEquals(Math.sin(slant), outwards, 1e-4);
        assertEquals(-Math.cos(slant), pose.rotation[6], 1e-4);
        assertEquals(0, pose.distance(Pose.of(x, y, 0.15, 0, 0, 0)), 2e-6);
    }
}
