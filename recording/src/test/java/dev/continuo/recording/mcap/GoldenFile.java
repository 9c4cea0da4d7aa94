package dev.continuo.recording.mcap;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** A file with a message or two of every type, in two chunks and not in the order of time: the one whose reading by others is kept in {@code src/test/resources/mcap}. */
final class GoldenFile {
    private static final long T0 = 1_790_000_000_123_456_789L;
    private static final long MILLI = 1_000_000L;
    /** More than a chunk. */
    private static final int WIDTH = 800;
    private static final int HEIGHT = 600;

    private GoldenFile() {
    }

    static void write(final Path path) {
        try (McapWriter file = McapWriter.create(path)) {
            file.metadata("cell", Map.of("profile", "sim", "name", "Zelle ü"));
            arm(file);
            camera(file);
            others(file);
            file.attachment("profile.conf", "text/plain", T0, T0 - MILLI, "cell = sim\n".getBytes(StandardCharsets.UTF_8));
            file.complete();
        }
    }

    private static void arm(final McapWriter file) {
        final CdrWriter message = new CdrWriter();
        final RosTopic states = RosTopic.in(file, "/left/joint_states", RosJointState.TYPE);
        final List<String> names = List.of("joint1", "joint2", "finger");
        RosJointState.write(message, T0, "base", names, new double[] {0.5, -1.25, 1e-9}, new double[] {0, -0.0, 3}, new double[] {7.5, 0.1, -2});
        states.write(1, T0 + 2 * MILLI, T0 + MILLI, message);
        RosJointState.write(message, T0 + 4 * MILLI, "", List.of("j"), new double[] {Math.PI}, new double[0], new double[] {Double.MIN_VALUE});
        states.write(2, T0 + MILLI, T0 + MILLI, message);
        final RosTopic chunks = RosTopic.in(file, "/chunk", RosJointTrajectory.TYPE);
        RosJointTrajectory.write(message, T0, "", List.of("a", "bc"), 20 * MILLI, new float[] {1, 2, 3, 4, 5.5f, 0.1f});
        chunks.write(0x1_0000_0003L, T0 + 5 * MILLI, T0 + 4 * MILLI, message);
        RosJointTrajectory.write(message, T0, "", List.of("a"), 1_500 * MILLI, new float[] {1, 2});
        chunks.write(4, T0 + 6 * MILLI, T0 + 5 * MILLI, message);
    }

    private static void camera(final McapWriter file) {
        final CdrWriter message = new CdrWriter();
        final RosTopic images = RosTopic.in(file, "/front/image", RosImage.TYPE);
        final byte[] small = {9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, (byte) 255, 0};
        RosImage.write(message, T0, "front", 2, 2, new UnsafeBuffer(small), 1);
        images.write(1, T0 + 3 * MILLI, T0 + 3 * MILLI, message);
        final byte[] large = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i / WIDTH);
        }
        RosImage.write(message, T0 + MILLI, "front", WIDTH, HEIGHT, new UnsafeBuffer(large), 0);
        images.write(2, T0, T0, message);
    }

    private static void others(final McapWriter file) {
        final CdrWriter message = new CdrWriter();
        RosString.write(message, "Lege den Würfel in die Schüssel → links.");
        RosTopic.in(file, "/instruction", RosString.TYPE).write(1, T0 + 8 * MILLI, T0 + 7 * MILLI, message);
        RosFloat64MultiArray.write(message, "wrench", 1.5, -2.5, 1e300);
        RosTopic.in(file, "/wrench", RosFloat64MultiArray.TYPE).write(1, T0 + 7 * MILLI, T0 + 7 * MILLI, message);
        RosLog.write(message, 1_999_999_999L, RosLog.Level.WARN, "left", "the arm stopped");
        RosTopic.in(file, "/rosout", RosLog.TYPE).write(1, T0 + 9 * MILLI, T0 + 9 * MILLI, message);
        RosString.write(message, "");
        RosTopic.in(file, "/reasoning", RosString.TYPE).write(1, T0 + 4 * MILLI, T0 + 4 * MILLI, message);
        RosTopic.in(file, "/silent", RosString.TYPE);
    }
}
