package dev.continuo.supervision.web;

import dev.continuo.actors.agent.WatchAgent;
import dev.continuo.actors.agent.Watched;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.ActionChunkEncoder;
import dev.continuo.actors.message.CameraFrameEncoder;
import dev.continuo.actors.message.Flag;
import dev.continuo.actors.message.Float32;
import dev.continuo.actors.message.InstructionEncoder;
import dev.continuo.actors.message.JointStateEncoder;
import dev.continuo.actors.message.MessageHeaderEncoder;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.actors.message.ReasoningEncoder;
import dev.continuo.actors.message.SensorSampleEncoder;
import dev.continuo.config.CameraProfile;
import dev.continuo.config.Profile;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/** A service whose stages all speak, fifty times a second, and are listened to for those who watch. */
final class TalkingCell implements AutoCloseable {
    static final String INSTRUCTION = "Pick the card.";
    static final String REASONING = "The board shows 4+8.";
    static final double[] SENSED = {1.5, -2.5, 3.5};
    static final int ROWS = 2;
    static final int COLUMNS = 14;
    private static final int AXES = 7;
    private static final int PIXEL_BYTES = 3;
    private static final byte SHADE = 77;

    final Watched watched = new Watched(SystemNanoClock.INSTANCE);
    private final CameraProfile camera;
    private final MemoryBus bus;
    private final WatchAgent agent;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer buffer;
    private final byte[] pixels;
    private final Thread stages = Thread.ofPlatform().daemon().unstarted(this::speak);
    /** From now to the moment that chunks are meant for. */
    volatile long aheadNanos;
    private volatile boolean closed;

    TalkingCell(final Profile profile) {
        camera = profile.cameras().getFirst();
        pixels = new byte[PIXEL_BYTES * camera.width() * camera.height()];
        Arrays.fill(pixels, SHADE);
        buffer = new UnsafeBuffer(new byte[pixels.length + 4096]);
        bus = new MemoryBus(buffer.capacity());
        agent = new WatchAgent(profile, watched, bus, SystemNanoClock.INSTANCE);
        stages.start();
    }

    /** What axis {@code axis} of arm {@code arm} is told to measure. */
    static double position(final int arm, final int axis) {
        return 0.1 * axis + arm;
    }

    private void speak() {
        for (long sequence = 1; !closed; sequence++) {
            final long now = System.nanoTime();
            offer(StreamId.JOINT_STATE, state(0, sequence, now));
            offer(StreamId.JOINT_STATE, state(1, sequence, now));
            offer(StreamId.CAMERA_FRAME, picture(sequence, now));
            offer(StreamId.SENSOR_SAMPLE, sample(sequence, now));
            offer(StreamId.REASONING_PROGRESS, reasoning(sequence, now));
            offer(StreamId.INSTRUCTION, instruction(sequence, now));
            offer(StreamId.ACTION_CHUNK, chunk(sequence, now));
            agent.doWork();
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (final InterruptedException e) {
                break;
            }
        }
        agent.onClose();
    }

    private void offer(final StreamId stream, final int length) {
        bus.publication(stream).offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + length);
    }

    private int state(final int arm, final long sequence, final long now) {
        final JointStateEncoder encoder = new JointStateEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.observedAtNanos(now).publishedAtNanos(now).sequence(sequence).index(arm).mode(MotionMode.PLAYING).commandedAtNanos(now).chunkSequence(0);
        final JointStateEncoder.AxesEncoder axes = encoder.axesCount(AXES);
        for (int axis = 0; axis < AXES; axis++) {
            axes.next().position(position(arm, axis)).velocity(2 * axis).effort(3 * axis).setpoint(10 + position(arm, axis));
        }
        return encoder.encodedLength();
    }

    private int picture(final long sequence, final long now) {
        final CameraFrameEncoder encoder = new CameraFrameEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.observedAtNanos(now).publishedAtNanos(now).sequence(sequence).index(0).capturedAtNanos(now).width(camera.width()).height(camera.height())
            .putPixels(pixels, 0, pixels.length);
        return encoder.encodedLength();
    }

    private int sample(final long sequence, final long now) {
        final SensorSampleEncoder encoder = new SensorSampleEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.observedAtNanos(now).publishedAtNanos(now).sequence(sequence).index(0);
        final SensorSampleEncoder.ValuesEncoder values = encoder.valuesCount(SENSED.length);
        for (final double value : SENSED) {
            values.next().value(value);
        }
        encoder.source("wrist");
        return encoder.encodedLength();
    }

    private int reasoning(final long sequence, final long now) {
        final ReasoningEncoder encoder = new ReasoningEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.observedAtNanos(now).publishedAtNanos(now).sequence(sequence).index(0).firstTokenNanos(1).totalNanos(2).tokens(3).finished(Flag.NO).frameSkewNanos(0)
            .putEmbedding(new byte[0], 0, 0).text(REASONING);
        return encoder.encodedLength();
    }

    private int instruction(final long sequence, final long now) {
        final InstructionEncoder encoder = new InstructionEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.observedAtNanos(now).publishedAtNanos(now).sequence(sequence).index(0).text(INSTRUCTION);
        return encoder.encodedLength();
    }

    private int chunk(final long sequence, final long now) {
        final float[] values = new float[ROWS * COLUMNS];
        for (int at = 0; at < values.length; at++) {
            values[at] = at;
        }
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[values.length * Float.BYTES]);
        Float32.write(bytes, 0, values, values.length);
        final ActionChunkEncoder encoder = new ActionChunkEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.observedAtNanos(now).publishedAtNanos(now).sequence(sequence).index(0).firstRowAtNanos(now + aheadNanos).reasoningObservedAtNanos(now).reasoningSequence(1)
            .rowPeriodNanos(20_000_000L).inferenceNanos(1).rows(ROWS).columns(COLUMNS).frameSkewNanos(0).continuedSequence(0).committedRows(0).putValues(bytes.byteArray(), 0, bytes.capacity());
        return encoder.encodedLength();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        stages.interrupt();
        stages.join();
    }
}
