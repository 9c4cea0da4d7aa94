package dev.continuo.recording;

import dev.continuo.actors.message.CameraFrameEncoder;
import dev.continuo.actors.message.InstructionEncoder;
import dev.continuo.actors.message.MessageHeaderEncoder;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** Messages whose whole content follows from their number. */
final class Published {
    static final int WIDTH = 100;
    static final int HEIGHT = 50;
    final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(64 * 1024));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CameraFrameEncoder frame = new CameraFrameEncoder();
    private final InstructionEncoder instruction = new InstructionEncoder();

    /** Its length. */
    int frame(final long sequence, final long nowNanos) {
        frame.wrapAndApplyHeader(buffer, 0, header).observedAtNanos(nowNanos).publishedAtNanos(nowNanos).sequence(sequence).index(0).capturedAtNanos(nowNanos)
            .width(WIDTH).height(HEIGHT);
        final byte[] pixels = pixels(sequence);
        frame.putPixels(pixels, 0, pixels.length);
        return MessageHeaderEncoder.ENCODED_LENGTH + frame.encodedLength();
    }

    static byte[] pixels(final long sequence) {
        final byte[] pixels = new byte[3 * WIDTH * HEIGHT];
        new SplittableRandom(sequence).nextBytes(pixels);
        return pixels;
    }

    int instruction(final long sequence, final long givenAtNanos, final long nowNanos, final String text) {
        instruction.wrapAndApplyHeader(buffer, 0, header).observedAtNanos(givenAtNanos).publishedAtNanos(nowNanos).sequence(sequence).index(0).text(text);
        return MessageHeaderEncoder.ENCODED_LENGTH + instruction.encodedLength();
    }
}
