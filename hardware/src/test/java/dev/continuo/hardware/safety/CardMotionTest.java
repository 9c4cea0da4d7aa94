package dev.continuo.hardware.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ArxKinematics;
import dev.continuo.hardware.kinematics.Pose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The envelope must not be in the way of what the arm is there for: carrying a card to the board at the pace of a demonstration. */
class CardMotionTest {
    private static final long PERIOD = 4_000_000;
    private static final double ROW = 0.02;

    /** x, y, z of the tool, gripper opening, and the seconds to get there. */
    private static double[][] waypoints(final double slotY) {
        return new double[][] {
            {0.20, 0.22, 0.14, 0.07, 0}, {0.265, 0.185, 0.06, 0.07, 0.8}, {0.265, 0.185, 0.012, 0.07, 0.5},
            {0.265, 0.185, 0.012, 0.045, 0.3}, {0.265, 0.185, 0.06, 0.045, 0.5}, {0.395, slotY, 0.06, 0.045, 1.0},
            {0.395, slotY, 0.018, 0.045, 0.5}, {0.395, slotY, 0.018, 0.07, 0.3}, {0.395, slotY, 0.06, 0.07, 0.4},
            {0.20, 0.22, 0.14, 0.07, 1.0}};
    }

    @ParameterizedTest
    @CsvSource({"0.055", "-0.055"})
    void aCardIsCarriedToItsSlotUnhindered(final double slotY) {
        final double[][] rows = demonstration(waypoints(slotY));
        final SafetyEnvelope envelope = EnvelopeFixture.armed(PERIOD, rows[0]);
        final ArxKinematics arm = new ArxKinematics(ArxChains.R5, EnvelopeFixture.BASE);
        final double[] desired = new double[7];
        final double[] position = new double[7];
        final double[] velocity = new double[7];
        final Pose wanted = new Pose();
        final Pose actual = new Pose();
        double farthest = 0;
        for (int i = 0; i * PERIOD * 1e-9 < ROW * (rows.length - 2); i++) {
            final double place = i * PERIOD * 1e-9 / ROW;
            final int row = (int) place;
            for (int axis = 0; axis < 7; axis++) {
                desired[axis] = rows[row][axis] + (place - row) * (rows[row + 1][axis] - rows[row][axis]);
            }
            envelope.enforce(desired, PERIOD, position, velocity);
            arm.toolPose(desired, wanted);
            arm.toolPose(position, actual);
            farthest = Math.max(farthest, actual.distance(wanted));
        }
        for (final Verdict verdict : Verdict.values()) {
            assertEquals(0, verdict.isHeld() ? envelope.count(verdict) : 0, verdict.name());
        }
        assertTrue(farthest < 2e-3, "the tool strays " + farthest + " m");
    }

    private static double[][] demonstration(final double[][] waypoints) {
        double seconds = 0;
        for (final double[] waypoint : waypoints) {
            seconds += waypoint[4];
        }
        final double[][] rows = new double[(int) Math.round(seconds / ROW) + 1][7];
        final ArxKinematics arm = new ArxKinematics(ArxChains.R5, EnvelopeFixture.BASE);
        final double[] joints = EnvelopeFixture.READY.clone();
        int leg = 1;
        double begun = 0;
        for (int k = 0; k < rows.length; k++) {
            final double time = k * ROW;
            while (leg < waypoints.length - 1 && time - begun >= waypoints[leg][4]) {
                begun += waypoints[leg++][4];
            }
            final double u = Math.min(1, (time - begun) / waypoints[leg][4]);
            final double s = u * u * u * (10 + u * (6 * u - 15));
            final double[] from = waypoints[leg - 1];
            final double[] to = waypoints[leg];
            final double slant = arm.solveDown(from[0] + s * (to[0] - from[0]), from[1] + s * (to[1] - from[1]),
                from[2] + s * (to[2] - from[2]), 0, joints);
            assertTrue(slant < 0.1, "slant " + slant);
            joints[6] = from[3] + s * (to[3] - from[3]);
            rows[k] = joints.clone();
        }
        return rows;
    }
}
