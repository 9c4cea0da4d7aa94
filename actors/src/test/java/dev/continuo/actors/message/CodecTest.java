package dev.continuo.actors.message;

import dev.continuo.actors.message.MessageCheck.Verdict;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class CodecTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256 * 1024]);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    @Property(tries = 100)
    void frameComesBackAsItWas(
        @ForAll @IntRange(min = 1, max = 60) final int width, @ForAll @IntRange(min = 1, max = 60) final int height,
        @ForAll @ByteRange final byte shade, @ForAll @LongRange(min = 0) final long atNanos) {
        final int length = Messages.frame(buffer, 1, width, height, shade, atNanos);
        assertEquals(Verdict.VALID, MessageCheck.check(buffer, 0, length, CameraFrameDecoder.TEMPLATE_ID));
        final CameraFrameDecoder frame = new CameraFrameDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertEquals(atNanos, frame.observedAtNanos());
        assertEquals(width, frame.width());
        assertEquals(height, frame.height());
        final byte[] pixels = new byte[frame.pixelsLength()];
        frame.getPixels(pixels, 0, pixels.length);
        assertEquals(width * height * 3, pixels.length);
        assertEquals(shade, pixels[pixels.length - 1]);
    }

    @Property(tries = 100)
    void jointStateComesBackAsItWas(
        @ForAll @Size(min = 1, max = 14) final List<@DoubleRange(min = -10, max = 10) Double> positions) {
        final double[] position = positions.stream().mapToDouble(Double::doubleValue).toArray();
        final int length = Messages.jointState(buffer, 1, position, 9, 77);
        assertEquals(Verdict.VALID, MessageCheck.check(buffer, 0, length, JointStateDecoder.TEMPLATE_ID));
        final JointStateDecoder state = new JointStateDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertEquals(MotionMode.PLAYING, state.mode());
        final JointStateDecoder.AxesDecoder axes = state.axes();
        assertEquals(position.length, axes.count());
        for (final double value : position) {
            assertEquals(value, axes.next().position());
            assertEquals(value, axes.setpoint());
        }
    }

    @Property(tries = 100)
    void reasoningComesBackAsItWas(
        @ForAll @StringLength(max = 300) final String text,
        @ForAll @Size(max = 64) final List<@FloatRange(min = -5, max = 5) Float> values) {
        Assume.that(text.chars().noneMatch(c -> Character.isSurrogate((char)c)));
        final float[] embedding = new float[values.size()];
        for (int i = 0; i < embedding.length; i++) {
            embedding[i] = values.get(i);
        }
        final int length = Messages.reasoning(buffer, text, embedding, 4, 5);
        assertEquals(Verdict.VALID, MessageCheck.check(buffer, 0, length, ReasoningDecoder.TEMPLATE_ID));
        final ReasoningDecoder reasoning = new ReasoningDecoder().wrapAndApplyHeader(buffer, 0, header);
        final UnsafeBuffer view = new UnsafeBuffer(0, 0);
        reasoning.wrapEmbedding(view);
        final float[] read = new float[embedding.length];
        Float32.read(view, 0, read, read.length);
        assertArrayEquals(embedding, read);
        assertEquals(text, reasoning.text());
    }

    @Property(tries = 100)
    void chunkComesBackAsItWas(@ForAll @IntRange(min = 1, max = 50) final int rows, @ForAll @IntRange(min = 1, max = 14) final int columns) {
        final float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 0.25f;
        }
        final int length = Messages.chunk(buffer, rows, columns, values, 3, 10, 20);
        assertEquals(Verdict.VALID, MessageCheck.check(buffer, 0, length, ActionChunkDecoder.TEMPLATE_ID));
        final ActionChunkDecoder chunk = new ActionChunkDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertEquals(rows, chunk.rows());
        assertEquals(values.length * Float.BYTES, chunk.valuesLength());
    }

    /** A recording of an older version ends its block earlier. */
    @Test
    void chunksOfTheVersionBeforeAreRead() {
        final UnsafeBuffer now = new UnsafeBuffer(new byte[1024]);
        final int length = Messages.chunk(now, 2, 3, new float[6], 5, 1, 2);
        final int block = MessageHeaderEncoder.ENCODED_LENGTH + ActionChunkDecoder.continuedSequenceEncodingOffset();
        final int added = ActionChunkDecoder.BLOCK_LENGTH - ActionChunkDecoder.continuedSequenceEncodingOffset();
        final UnsafeBuffer before = new UnsafeBuffer(new byte[1024]);
        before.putBytes(0, now, 0, block);
        before.putBytes(block, now, block + added, length - block - added);
        new MessageHeaderEncoder().wrap(before, 0).blockLength(ActionChunkDecoder.continuedSequenceEncodingOffset()).version(2);
        assertEquals(Verdict.VALID, MessageCheck.check(before, 0, length - added, ActionChunkDecoder.TEMPLATE_ID));
        final ActionChunkDecoder read = new ActionChunkDecoder().wrapAndApplyHeader(before, 0, new MessageHeaderDecoder());
        assertEquals(5, read.sequence());
        assertTrue(read.continuedSequence() <= 0, "none");
        assertEquals(24, read.valuesLength());
        new MessageHeaderEncoder().wrap(before, 0).blockLength(ActionChunkDecoder.continuedSequenceEncodingOffset()).version(3);
        assertNotEquals(Verdict.VALID, MessageCheck.check(before, 0, length - added, ActionChunkDecoder.TEMPLATE_ID), "cut off");
    }

    @Test
    void smallMessagesComeBackAsTheyWere() {
        final EventEncoder event = new EventEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        event.observedAtNanos(1).publishedAtNanos(2).sequence(3).index(4).severity(Severity.EMERGENCY).source("left").text("stopped ÷");
        assertEquals(Verdict.VALID, MessageCheck.check(buffer, 0, 8 + event.encodedLength(), EventDecoder.TEMPLATE_ID));
        final EventDecoder read = new EventDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertEquals("left", read.source());
        assertEquals("stopped ÷", read.text());

        final HeartbeatEncoder beat = new HeartbeatEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        beat.observedAtNanos(1).publishedAtNanos(2).sequence(3).index(0).state(AgentState.WAITING).source("policy");
        assertEquals(Verdict.VALID, MessageCheck.check(buffer, 0, 8 + beat.encodedLength(), HeartbeatDecoder.TEMPLATE_ID));

        final SensorSampleEncoder sample = new SensorSampleEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        sample.observedAtNanos(1).publishedAtNanos(2).sequence(3).index(0).valuesCount(2).next().value(1.5).next().value(2.5);
        sample.source("force");
        assertEquals(Verdict.VALID, MessageCheck.check(buffer, 0, 8 + sample.encodedLength(), SensorSampleDecoder.TEMPLATE_ID));
    }

    @Test
    void stampReadsWhatTheCodecsWrote() {
        Messages.instruction(buffer, "pick", 42, 123_456_789_012L);
        buffer.putLong(InstructionEncoder.publishedAtNanosEncodingOffset() + 8, 123_456_789_999L);
        buffer.putShort(InstructionEncoder.indexEncodingOffset() + 8, (short)65_535);
        assertEquals(123_456_789_012L, MessageStamp.observedAtNanos(buffer, 0));
        assertEquals(123_456_789_999L, MessageStamp.publishedAtNanos(buffer, 0));
        assertEquals(42, MessageStamp.sequence(buffer, 0));
        assertEquals(65_535, MessageStamp.index(buffer, 0));
        assertEquals(InstructionEncoder.BLOCK_LENGTH + 8, MessageStamp.LENGTH);
    }

    @Property(tries = 300)
    void truncatedMessageIsToldNotThrown(@ForAll @IntRange(min = 1, max = 8) final int template, @ForAll final Random random) {
        final int length = anyMessage(template);
        final int cut = random.nextInt(length);
        assertNotEquals(Verdict.VALID, MessageCheck.check(exact(cut), 0, cut, template));
    }

    @Property(tries = 2000)
    void garbageIsReadSafelyOrRefused(@ForAll @IntRange(min = 1, max = 8) final int template, @ForAll final Random random) {
        final int length = anyMessage(template);
        final int flips = 1 + random.nextInt(6);
        for (int i = 0; i < flips; i++) {
            buffer.putByte(random.nextInt(Math.min(length, 80)), (byte)random.nextInt(256));
        }
        final UnsafeBuffer message = exact(length);
        if (MessageCheck.check(message, 0, length, template) == Verdict.VALID) {
            readEverything(message, template); // bounds checks are on: a read past the end would throw
        }
    }

    @Property(tries = 500)
    void noiseIsNeverAMessage(@ForAll @Size(max = 200) final byte[] noise, @ForAll @IntRange(min = 1, max = 8) final int template) {
        assertNotEquals(Verdict.VALID, MessageCheck.check(new UnsafeBuffer(noise), 0, noise.length, template));
    }

    @Test
    void contradictionsAreRefused() {
        final float[] values = new float[14];
        values[3] = Float.NaN;
        int length = Messages.chunk(buffer, 1, 14, values, 1, 10, 20);
        assertEquals(Verdict.CONTRADICTORY, MessageCheck.check(buffer, 0, length, ActionChunkDecoder.TEMPLATE_ID));
        length = Messages.chunk(buffer, 1, 14, new float[14], 1, 21, 20);
        assertEquals(Verdict.CONTRADICTORY, MessageCheck.check(buffer, 0, length, ActionChunkDecoder.TEMPLATE_ID));
        length = Messages.chunk(buffer, 2, 14, new float[14], 1, 10, 20);
        assertEquals(Verdict.CONTRADICTORY, MessageCheck.check(buffer, 0, length, ActionChunkDecoder.TEMPLATE_ID));
        length = Messages.jointState(buffer, 0, new double[] {Double.POSITIVE_INFINITY}, 1, 10);
        assertEquals(Verdict.CONTRADICTORY, MessageCheck.check(buffer, 0, length, JointStateDecoder.TEMPLATE_ID));
        length = Messages.frame(buffer, 0, 4, 4, 1, 10);
        buffer.putShort(8 + CameraFrameEncoder.widthEncodingOffset(), (short)5);
        assertEquals(Verdict.CONTRADICTORY, MessageCheck.check(buffer, 0, length, CameraFrameDecoder.TEMPLATE_ID));
    }

    @Test
    void newerSenderMayAppendWhatThisReaderDoesNotKnow() {
        final int length = Messages.instruction(buffer, "pick", 1, 1);
        assertEquals(Verdict.OVERLONG, MessageCheck.check(buffer, 0, length + 12, InstructionDecoder.TEMPLATE_ID));
        buffer.putShort(6, (short)(MessageHeaderDecoder.SCHEMA_VERSION + 1));
        assertEquals(Verdict.VALID, MessageCheck.check(buffer, 0, length + 12, InstructionDecoder.TEMPLATE_ID));
    }

    private UnsafeBuffer exact(final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }

    private int anyMessage(final int template) {
        return switch (template) {
            case CameraFrameDecoder.TEMPLATE_ID -> Messages.frame(buffer, 0, 5, 3, 7, 10);
            case JointStateDecoder.TEMPLATE_ID -> Messages.jointState(buffer, 0, new double[7], 1, 10);
            case ReasoningDecoder.TEMPLATE_ID -> Messages.reasoning(buffer, "Pick 3", new float[8], 1, 10);
            case ActionChunkDecoder.TEMPLATE_ID -> Messages.chunk(buffer, 3, 14, new float[42], 1, 10, 20);
            case SensorSampleDecoder.TEMPLATE_ID -> {
                final SensorSampleEncoder sample = new SensorSampleEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
                sample.observedAtNanos(1).publishedAtNanos(2).sequence(3).index(0).valuesCount(2).next().value(1.5).next().value(2.5);
                sample.source("force");
                yield 8 + sample.encodedLength();
            }
            case EventDecoder.TEMPLATE_ID -> {
                final EventEncoder event = new EventEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
                event.observedAtNanos(1).publishedAtNanos(2).sequence(3).index(4).severity(Severity.WARNING).source("a").text("b");
                yield 8 + event.encodedLength();
            }
            case HeartbeatDecoder.TEMPLATE_ID -> {
                final HeartbeatEncoder beat = new HeartbeatEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
                beat.observedAtNanos(1).publishedAtNanos(2).sequence(3).index(0).state(AgentState.RUNNING).source("policy");
                yield 8 + beat.encodedLength();
            }
            default -> Messages.instruction(buffer, "pick", 1, 10);
        };
    }

    private void readEverything(final UnsafeBuffer message, final int template) {
        final StringBuilder read = new StringBuilder();
        switch (template) {
            case CameraFrameDecoder.TEMPLATE_ID -> new CameraFrameDecoder().wrapAndApplyHeader(message, 0, header).appendTo(read);
            case JointStateDecoder.TEMPLATE_ID -> new JointStateDecoder().wrapAndApplyHeader(message, 0, header).appendTo(read);
            case ReasoningDecoder.TEMPLATE_ID -> new ReasoningDecoder().wrapAndApplyHeader(message, 0, header).appendTo(read);
            case ActionChunkDecoder.TEMPLATE_ID -> new ActionChunkDecoder().wrapAndApplyHeader(message, 0, header).appendTo(read);
            case SensorSampleDecoder.TEMPLATE_ID -> new SensorSampleDecoder().wrapAndApplyHeader(message, 0, header).appendTo(read);
            case EventDecoder.TEMPLATE_ID -> new EventDecoder().wrapAndApplyHeader(message, 0, header).appendTo(read);
            case HeartbeatDecoder.TEMPLATE_ID -> new HeartbeatDecoder().wrapAndApplyHeader(message, 0, header).appendTo(read);
            default -> new InstructionDecoder().wrapAndApplyHeader(message, 0, header).appendTo(read);
        }
        assertTrue(read.length() > 0);
    }
}
