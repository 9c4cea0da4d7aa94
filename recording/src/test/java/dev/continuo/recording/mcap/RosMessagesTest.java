package dev.continuo.recording.mcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class RosMessagesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final double[] NONE = {};

    private final CdrWriter message = new CdrWriter();

    private ObjectNode decoded(final RosType type) {
        final byte[] bytes = new byte[message.length()];
        message.buffer().getBytes(0, bytes);
        return new RosReader(type.name(), new String(type.schema(), StandardCharsets.UTF_8)).decode(bytes);
    }

    @Test
    void aSchemaHoldsEveryTypeThatItNeedsOnce() {
        final String separator = "=".repeat(80) + "\n";
        assertEquals("std_msgs/Header header\nstring[] name\nfloat64[] position\nfloat64[] velocity\nfloat64[] effort\n"
                + separator + "MSG: std_msgs/Header\nbuiltin_interfaces/Time stamp\nstring frame_id\n"
                + separator + "MSG: builtin_interfaces/Time\nint32 sec\nuint32 nanosec\n",
            new String(RosJointState.TYPE.schema(), StandardCharsets.UTF_8));
        final RosType pair = new RosType("a/msg/Pair", "a/One x\na/Two y\n",
            List.of(new RosType("a/msg/One", "builtin_interfaces/Time t\n", List.of(RosTime.TIME)), new RosType("a/msg/Two", "builtin_interfaces/Time t\n", List.of(RosTime.TIME))));
        assertEquals(4, new String(pair.schema(), StandardCharsets.UTF_8).split(separator).length);
    }

    @Property
    void aStampIsWholeSecondsAndNanoseconds(@ForAll @LongRange(min = 0, max = Integer.MAX_VALUE * SECOND) final long nanos) {
        RosLog.write(message, nanos, RosLog.Level.INFO, "", "");
        final ObjectNode stamp = (ObjectNode) decoded(RosLog.TYPE).get("stamp");
        assertEquals(nanos, stamp.get("sec").asLong() * SECOND + stamp.get("nanosec").asLong());
        assertTrue(stamp.get("nanosec").asLong() < SECOND);
    }

    @Test
    void aTimeBeyondRosIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> RosLog.write(message, (1L << 31) * SECOND, RosLog.Level.INFO, "", ""));
    }

    @Property
    void aChunkIsARowEveryPeriod(@ForAll @IntRange(min = 1, max = 9) final int columns, @ForAll @IntRange(max = 20) final int rows) {
        final float[] positions = new float[rows * columns];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i / 7f;
        }
        RosJointTrajectory.write(message, 0, "", Collections.nCopies(columns, "joint"), SECOND / 4, positions);
        final ObjectNode trajectory = decoded(RosJointTrajectory.TYPE);
        assertEquals(rows, trajectory.get("points").size());
        for (int row = 0; row < rows; row++) {
            final var point = trajectory.get("points").get(row);
            assertEquals(row * SECOND / 4, point.at("/time_from_start/sec").asLong() * SECOND + point.at("/time_from_start/nanosec").asLong());
            for (int column = 0; column < columns; column++) {
                assertEquals(positions[row * columns + column], point.get("positions").get(column).doubleValue());
            }
            assertEquals(columns, point.get("positions").size());
        }
    }

    @Test
    void rowsThatAreNotWholeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> RosJointTrajectory.write(message, 0, "", List.of("a", "b"), 1, new float[3]));
        assertThrows(IllegalArgumentException.class, () -> RosJointTrajectory.write(message, 0, "", List.of(), 1, new float[3]));
    }

    @Test
    void jointsHaveOneValueEachOrNone() {
        RosJointState.write(message, 0, "", List.of("a", "b"), new double[2], NONE, NONE);
        assertEquals(0, decoded(RosJointState.TYPE).get("effort").size());
        assertThrows(IllegalArgumentException.class, () -> RosJointState.write(message, 0, "", List.of("a"), new double[2], NONE, NONE));
        assertThrows(IllegalArgumentException.class, () -> RosJointState.write(message, 0, "", List.of("a"), NONE, new double[2], NONE));
        assertThrows(IllegalArgumentException.class, () -> RosJointState.write(message, 0, "", List.of("a"), NONE, NONE, new double[2]));
    }

    @Test
    void aPictureIsTakenFromItsBufferAndNothingBeside() {
        final UnsafeBuffer pixels = new UnsafeBuffer(new byte[] {9, 1, 2, 3, 4, 5, 6, 9});
        RosImage.write(message, 0, "camera", 1, 2, pixels, 1);
        final ObjectNode image = decoded(RosImage.TYPE);
        assertEquals("[1,2,3,4,5,6]", image.get("data").toString());
        assertEquals(3, image.get("step").asInt());
        assertEquals(2, image.get("height").asInt());
        assertThrows(IndexOutOfBoundsException.class, () -> RosImage.write(message, 0, "camera", 1, 3, pixels, 0));
    }
}
