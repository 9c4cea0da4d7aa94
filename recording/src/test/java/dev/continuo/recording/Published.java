package dev.continuo.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.CameraFrameDecoder;
import dev.continuo.actors.message.CameraFrameEncoder;
import dev.continuo.actors.message.InstructionEncoder;
import dev.continuo.actors.message.JointStateEncoder;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.MessageHeaderEncoder;
import dev.continuo.actors.message.MotionMode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** Messages whose whole content follows from their number. */
final class Published {
    static final int WIDTH = 100;
    static final int HEIGHT = 50;
    private static final int AXES = 7;
    final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(64 * 1024));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CameraFrameEncoder frame = new CameraFrameEncoder();
    private final JointStateEncoder state = new JointStateEncoder();
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

    /** The numbers of the frames of a recording, in their order; each holds what it should. */
    static List<Long> framesIn(final Path folder) {
        final List<Long> sequences = new ArrayList<>();
        final CameraFrameDecoder decoder = new CameraFrameDecoder();
        try (RecordingReader reader = RecordingReader.open(folder)) {
            reader.read(EnumSet.of(StreamId.CAMERA_FRAME), (stream, buffer, offset, length) -> {
                decoder.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
                final byte[] pixels = new byte[decoder.pixelsLength()];
                decoder.getPixels(pixels, 0, pixels.length);
                assertArrayEquals(pixels(decoder.sequence()), pixels);
                return sequences.add(decoder.sequence());
            });
            assertEquals(0, reader.malformed());
        }
        return sequences;
    }

    /** The state of an arm at rest, all of whose axes are where its number says. */
    int state(final int arm, final long sequence, final long nowNanos) {
        state.wrapAndApplyHeader(buffer, 0, header).observedAtNanos(nowNanos).publishedAtNanos(nowNanos).sequence(sequence).index(arm).mode(MotionMode.PLAYING).commandedAtNanos(nowNanos).chunkSequence(0);
        final JointStateEncoder.AxesEncoder axes = state.axesCount(AXES);
        for (int axis = 0; axis < AXES; axis++) {
            axes.next().position(arm).velocity(0).effort(0).setpoint(arm);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + state.encodedLength();
    }

    int instruction(final long sequence, final long givenAtNanos, final long nowNanos, final String text) {
        instruction.wrapAndApplyHeader(buffer, 0, header).observedAtNanos(givenAtNanos).publishedAtNanos(nowNanos).sequence(sequence).index(0).text(text);
        return MessageHeaderEncoder.ENCODED_LENGTH + instruction.encodedLength();
    }
}
