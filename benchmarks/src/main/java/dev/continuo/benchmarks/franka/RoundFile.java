package dev.continuo.benchmarks.franka;

import dev.continuo.supervision.command.RunFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a client leaves a round to the benchmark, ours or the one in C: little-endian, 64 bits each the lost states, the reflexes, the sum of the success rates and the lowest of them
 * (both doubles) and the bytes allocated, then 32 bits for the nanoseconds of each cycle.
 */
final class RoundFile {
    private static final int HEAD_BYTES = 5 * Long.BYTES;

    private RoundFile() {
    }

    static void write(
        final Path file, final long lost, final long reflexes, final double successSum, final double lowest, final long allocated,
        final int[] nanos, final int count) throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocate(HEAD_BYTES + count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(lost).putLong(reflexes).putDouble(successSum).putDouble(lowest).putLong(allocated);
        buffer.asIntBuffer().put(nanos, 0, count);
        Files.write(file, buffer.array());
    }

    static LoopRecord.Round read(final Path file) {
        try {
            final ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            if (buffer.remaining() < HEAD_BYTES) {
                throw new RunFailure(file + ": no round is in it");
            }
            final long lost = buffer.getLong();
            final long reflexes = buffer.getLong();
            final double successSum = buffer.getDouble();
            final double lowest = buffer.getDouble();
            final long allocated = buffer.getLong();
            final int[] nanos = new int[buffer.remaining() / Integer.BYTES];
            buffer.asIntBuffer().get(nanos);
            return new LoopRecord.Round(lost, reflexes, successSum, lowest, allocated, nanos);
        } catch (final IOException failure) {
            throw new RunFailure(file + ": " + failure.getMessage());
        }
    }
}
