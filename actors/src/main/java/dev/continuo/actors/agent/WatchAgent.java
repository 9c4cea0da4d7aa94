package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.NewestSubscription;
import dev.continuo.actors.bus.NewestValue;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.ActionChunkDecoder;
import dev.continuo.actors.message.CameraFrameDecoder;
import dev.continuo.actors.message.JointStateDecoder;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.ReasoningDecoder;
import dev.continuo.actors.message.SensorSampleDecoder;
import dev.continuo.config.CameraProfile;
import dev.continuo.config.Profile;
import java.nio.ByteOrder;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Listens to all that the stages say and keeps the newest for people who watch, ten times a second, pictures five times. Streams are drained also while nobody watches, for a subscriber that does
 * not read would hold up those who publish.
 */
public final class WatchAgent extends TimedStageAgent {
    private static final long POLL_NANOS = 10_000_000L;
    private static final long KEEP_NANOS = 100_000_000L;
    private static final long KEEP_PICTURES_NANOS = 200_000_000L;
    private static final int FRAME_HEADER_BYTES = 256;

    private final Watched watched;
    private final NewestSubscription states;
    private final NewestSubscription chunks;
    private final NewestSubscription reasonings;
    private final NewestSubscription frames;
    private final NewestSubscription samples;
    private final NewestSubscription instructions;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final JointStateDecoder state = new JointStateDecoder();
    private final ActionChunkDecoder chunk = new ActionChunkDecoder();
    private final ReasoningDecoder reasoning = new ReasoningDecoder();
    private final SensorSampleDecoder sample = new SensorSampleDecoder();
    private final CameraFrameDecoder frame = new CameraFrameDecoder();
    private final UnsafeBuffer values = new UnsafeBuffer(0, 0);
    private long keepAtNanos;
    private long keepPicturesAtNanos;

    /**
     * An agent.
     *
     * @param watched takes what is heard
     */
    public WatchAgent(final Profile profile, final Watched watched, final Bus bus, final NanoClock clock) {
        super("watch", clock, POLL_NANOS);
        this.watched = watched;
        states = new NewestSubscription(bus.subscription(StreamId.JOINT_STATE), profile.arms().size(), StreamId.SMALL_MESSAGE_BYTES);
        chunks = new NewestSubscription(bus.subscription(StreamId.ACTION_CHUNK), 1, StreamId.SMALL_MESSAGE_BYTES);
        reasonings = new NewestSubscription(bus.subscription(StreamId.REASONING_PROGRESS), 1, StreamId.SMALL_MESSAGE_BYTES);
        frames = new NewestSubscription(bus.subscription(StreamId.CAMERA_FRAME), profile.cameras().size(),
            profile.cameras().stream().mapToInt(WatchAgent::pictureBytes).max().orElseThrow() + FRAME_HEADER_BYTES);
        samples = new NewestSubscription(bus.subscription(StreamId.SENSOR_SAMPLE), profile.sensors().size(), StreamId.SMALL_MESSAGE_BYTES);
        instructions = new NewestSubscription(bus.subscription(StreamId.INSTRUCTION), 1, StreamId.SMALL_MESSAGE_BYTES);
        keepAtNanos = clock.nanoTime();
        keepPicturesAtNanos = keepAtNanos;
    }

    private static int pictureBytes(final CameraProfile camera) {
        return 3 * camera.width() * camera.height();
    }

    @Override
    public int doWork() {
        final long nowNanos = clock.nanoTime();
        aliveAtNanos.set(nowNanos);
        final int work = states.poll(nowNanos) + chunks.poll(nowNanos) + reasonings.poll(nowNanos) + frames.poll(nowNanos) + samples.poll(nowNanos)
            + instructions.poll(nowNanos);
        if (nowNanos - keepAtNanos >= 0 && watched.isWatched(nowNanos)) {
            keepAtNanos = nowNanos + KEEP_NANOS;
            keep();
        }
        if (nowNanos - keepPicturesAtNanos >= 0 && (watched.arePicturesWatched(nowNanos) || watched.arePictureMessagesWatched(nowNanos))) {
            keepPicturesAtNanos = nowNanos + KEEP_PICTURES_NANOS;
            keepPictures(nowNanos);
        }
        return work;
    }

    private void keep() {
        for (int arm = 0; arm < states.sources(); arm++) {
            if (take(StreamId.JOINT_STATE, states, arm)) {
                watched.put(arm(arm, states.at(arm)));
            }
        }
        for (int sensor = 0; sensor < samples.sources(); sensor++) {
            if (take(StreamId.SENSOR_SAMPLE, samples, sensor)) {
                watched.put(sample(sensor, samples.at(sensor)));
            }
        }
        if (take(StreamId.ACTION_CHUNK, chunks, 0)) {
            watched.put(plan(chunks.at(0)));
        }
        if (take(StreamId.REASONING_PROGRESS, reasonings, 0)) {
            reasoning.wrapAndApplyHeader(reasonings.at(0).buffer(), 0, header).skipEmbedding();
            watched.put(reasoning.text());
        }
        take(StreamId.INSTRUCTION, instructions, 0);
    }

    private boolean take(final StreamId stream, final NewestSubscription newest, final int source) {
        final boolean isNew = newest.at(source).take();
        if (isNew) {
            keepMessage(stream, source, newest.at(source));
        }
        return isNew;
    }

    private void keepMessage(final StreamId stream, final int source, final NewestValue newest) {
        final byte[] message = new byte[newest.length()];
        newest.buffer().getBytes(0, message);
        watched.put(stream, source, message);
    }

    private Watched.Arm arm(final int index, final NewestValue newest) {
        state.wrapAndApplyHeader(newest.buffer(), 0, header);
        final JointStateDecoder.AxesDecoder axes = state.axes();
        final double[] position = new double[axes.count()];
        final double[] setpoint = new double[axes.count()];
        for (int axis = 0; axis < position.length; axis++) {
            axes.next();
            position[axis] = axes.position();
            setpoint[axis] = axes.setpoint();
        }
        return new Watched.Arm(index, state.observedAtNanos(), state.mode(), position, setpoint);
    }

    private Watched.Sample sample(final int index, final NewestValue newest) {
        sample.wrapAndApplyHeader(newest.buffer(), 0, header);
        final long observedAtNanos = sample.observedAtNanos();
        final SensorSampleDecoder.ValuesDecoder readings = sample.values();
        final double[] read = new double[readings.count()];
        for (int channel = 0; channel < read.length; channel++) {
            read[channel] = readings.next().value();
        }
        return new Watched.Sample(index, observedAtNanos, read);
    }

    private Watched.Plan plan(final NewestValue newest) {
        chunk.wrapAndApplyHeader(newest.buffer(), 0, header);
        final float[][] rows = new float[chunk.rows()][chunk.columns()];
        chunk.wrapValues(values);
        int at = 0;
        for (final float[] row : rows) {
            for (int column = 0; column < row.length; column++) {
                row[column] = values.getFloat(at, ByteOrder.LITTLE_ENDIAN);
                at += Float.BYTES;
            }
        }
        return new Watched.Plan(chunk.sequence(), chunk.firstRowAtNanos(), chunk.rowPeriodNanos(), rows);
    }

    private void keepPictures(final long nowNanos) {
        for (int camera = 0; camera < frames.sources(); camera++) {
            if (frames.at(camera).take()) {
                if (watched.arePicturesWatched(nowNanos)) {
                    watched.put(camera, picture(frames.at(camera)));
                }
                if (watched.arePictureMessagesWatched(nowNanos)) {
                    keepMessage(StreamId.CAMERA_FRAME, camera, frames.at(camera));
                }
            }
        }
    }

    private Watched.Picture picture(final NewestValue newest) {
        frame.wrapAndApplyHeader(newest.buffer(), 0, header);
        final long sequence = frame.sequence();
        final byte[] rgb = new byte[frame.pixelsLength()];
        frame.getPixels(rgb, 0, rgb.length);
        return new Watched.Picture(sequence, frame.width(), frame.height(), rgb);
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(states, chunks, reasonings, frames, samples, instructions);
    }
}
