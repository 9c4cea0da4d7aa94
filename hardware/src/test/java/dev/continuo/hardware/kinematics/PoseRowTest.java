package dev.continuo.hardware.kinematics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class PoseRowTest {
    private final Pose read = new Pose();

    @Property
    void whatIsWrittenIsRead(
        @ForAll @DoubleRange(min = -2, max = 2) final double x, @ForAll @DoubleRange(min = -3, max = 3) final double roll,
        @ForAll @DoubleRange(min = -1.5, max = 1.5) final double pitch, @ForAll @DoubleRange(min = -3, max = 3) final double yaw) {
        final Pose pose = Pose.of(x, -x, 0.5 * x, roll, pitch, yaw);
        final double[] row = new double[12];
        PoseRow.write(pose, 0.04, row, 2);
        final double[] own = java.util.Arrays.copyOfRange(row, 2, 12);
        assertTrue(PoseRow.read(own, read));
        assertArrayEquals(pose.position, read.position, 1e-12);
        assertArrayEquals(pose.rotation, read.rotation, 1e-12);
        assertEquals(0.04, own[PoseRow.OPENING]);
    }

    @Test
    void rowsOfANetworkAreMadeOrthonormal() {
        final Pose exact = Pose.of(0.4, 0.1, 0.2, 0.3, -0.2, 1.1);
        final double[] row = new double[10];
        PoseRow.write(exact, 0, row, 0);
        for (int i = 3; i < 6; i++) {
            row[i] *= 1.2;
            row[i + 3] = 0.8 * row[i + 3] + 0.1 * row[i];
        }
        assertTrue(PoseRow.read(row, read));
        assertArrayEquals(exact.rotation, read.rotation, 1e-12);
    }

    @Test
    void rowsThatTellNoRotationAreRefusedAndLeaveThePoseAlone() {
        final double[] right = {0.1, 0.2, 0.3, 1, 0, 0, 0, 1, 0, 0.05};
        assertTrue(PoseRow.read(right, read));
        for (int column = 0; column < right.length; column++) {
            final double[] wrong = right.clone();
            wrong[column] = column % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
            assertFalse(PoseRow.read(wrong, read), "column " + column);
        }
        assertFalse(PoseRow.read(new double[] {0, 0, 0, 0, 0, 0, 0, 1, 0, 0}, read), "no first row");
        assertFalse(PoseRow.read(new double[] {0, 0, 0, 1, 0, 0, 2, 0, 0, 0}, read), "parallel rows");
        assertEquals(0.2, read.y());
        assertEquals(1, read.rotation[8]);
    }
}
