package dev.continuo.actors.message;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Arrays;

/** Writes well-formed messages for tests; each returns the length of what it wrote at index 0. */
public final class Messages {
    private static final MessageHeaderEncoder HEADER = new MessageHeaderEncoder();

    private Messages() {
    }

    /** A picture whose bytes all hold {@code shade}. */
    public static int frame(
        final MutableDirectBuffer buffer, final int camera, final int width, final int height, final int shade, final long atNanos) {
        final byte[] pixels = new byte[width * height * 3];
        Arrays.fill(pixels, (byte)shade);
        return frame(buffer, camera, width, height, pixels, 1, atNanos);
    }

    /** A picture of the given bytes. */
    public static int frame(
        final MutableDirectBuffer buffer, final int camera, final int width, final int height, final byte[] pixels,
        final long sequence, final long atNanos) {
        final CameraFrameEncoder encoder = new CameraFrameEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.observedAtNanos(atNanos).publishedAtNanos(atNanos).sequence(sequence).index(camera).capturedAtNanos(atNanos)
            .width(width).height(height).putPixels(pixels, 0, pixels.length);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    /** The state of one arm at rest at the given positions. */
    public static int jointState(
        final MutableDirectBuffer buffer, final int arm, final double[] position, final long sequence, final long atNanos) {
        final JointStateEncoder encoder = new JointStateEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.observedAtNanos(atNanos).publishedAtNanos(atNanos).sequence(sequence).index(arm).mode(MotionMode.PLAYING)
            .commandedAtNanos(atNanos).chunkSequence(0);
        final JointStateEncoder.AxesEncoder axes = encoder.axesCount(position.length);
        for (final double value : position) {
            axes.next().position(value).velocity(0).effort(0).setpoint(value);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    /** An instruction. */
    public static int instruction(final MutableDirectBuffer buffer, final String text, final long sequence, final long atNanos) {
        final InstructionEncoder encoder = new InstructionEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.observedAtNanos(atNanos).publishedAtNanos(atNanos).sequence(sequence).index(0).text(text);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    /** A finished reasoning. */
    public static int reasoning(
        final MutableDirectBuffer buffer, final String text, final float[] embedding, final long sequence, final long atNanos) {
        final ReasoningEncoder encoder = new ReasoningEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.observedAtNanos(atNanos).publishedAtNanos(atNanos).sequence(sequence).index(0).firstTokenNanos(1).totalNanos(2)
            .tokens(3).finished(Flag.YES).frameSkewNanos(0).putEmbedding(bytes(embedding), 0, embedding.length * Float.BYTES).text(text);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    /** A chunk of {@code rows} rows, 20 ms apart. */
    public static int chunk(
        final MutableDirectBuffer buffer, final int rows, final int columns, final float[] values, final long sequence,
        final long observedAtNanos, final long publishedAtNanos) {
        final ActionChunkEncoder encoder = new ActionChunkEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.observedAtNanos(observedAtNanos).publishedAtNanos(publishedAtNanos).sequence(sequence).index(0)
            .firstRowAtNanos(observedAtNanos).reasoningObservedAtNanos(observedAtNanos).reasoningSequence(1).rowPeriodNanos(20_000_000L).inferenceNanos(1)
            .rows(rows).columns(columns).frameSkewNanos(0).continuedSequence(0).committedRows(0).putValues(bytes(values), 0, values.length * Float.BYTES);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    private static byte[] bytes(final float[] values) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[values.length * Float.BYTES]);
        Float32.write(buffer, 0, values, values.length);
        return buffer.byteArray();
    }
}
