package dev.continuo.recording.export;

import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.ActionChunkDecoder;
import dev.continuo.actors.message.CameraFrameDecoder;
import dev.continuo.actors.message.EventDecoder;
import dev.continuo.actors.message.Float32;
import dev.continuo.actors.message.InstructionDecoder;
import dev.continuo.actors.message.JointStateDecoder;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.MessageStamp;
import dev.continuo.actors.message.ReasoningDecoder;
import dev.continuo.actors.message.SensorSampleDecoder;
import dev.continuo.config.Profile;
import dev.continuo.recording.AxisNames;
import dev.continuo.recording.mcap.CdrWriter;
import dev.continuo.recording.mcap.RosFloat64MultiArray;
import dev.continuo.recording.mcap.RosImage;
import dev.continuo.recording.mcap.RosJointState;
import dev.continuo.recording.mcap.RosJointTrajectory;
import dev.continuo.recording.mcap.RosLog;
import dev.continuo.recording.mcap.RosString;
import dev.continuo.recording.mcap.RosType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What goes over the bus as messages of ROS 2: what the topics of a cell are called, and how each message is encoded; for files and for those who watch. For one thread.
 */
public final class RosMessages {
    private static final double[] NONE = {};

    private final LongUnaryOperator epochNanos;
    private final Sink sink;
    private final List<RosChannel> channels = new ArrayList<>();
    private final List<List<String>> axes;
    private final List<String> columns;
    private final List<String> cameraNames;
    private final List<Integer> cameras;
    private final List<Integer> measured;
    private final List<Integer> commanded;
    private final List<Integer> sensors;
    private final int instructions;
    private final int reasonings;
    private final int progress;
    private final int chunks;
    private final int events;

    private final CdrWriter cdr = new CdrWriter();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CameraFrameDecoder frame = new CameraFrameDecoder();
    private final JointStateDecoder state = new JointStateDecoder();
    private final SensorSampleDecoder sample = new SensorSampleDecoder();
    private final InstructionDecoder instruction = new InstructionDecoder();
    private final ReasoningDecoder reasoning = new ReasoningDecoder();
    private final ActionChunkDecoder chunk = new ActionChunkDecoder();
    private final EventDecoder event = new EventDecoder();
    private final UnsafeBuffer data = new UnsafeBuffer(0, 0);
    private long stampNanos;

    /** Takes what messages become. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes a message.
         *
         * @param channel its topic's place in {@link RosMessages#channels()}
         * @param message until this returns
         */
        void put(int channel, CdrWriter message);
    }

    /**
     * The messages of a cell.
     *
     * @param epochNanos the wall clock, nanoseconds since the epoch, of a time on the messages' clock
     */
    public RosMessages(final Profile profile, final LongUnaryOperator epochNanos, final Sink sink) {
        this.epochNanos = epochNanos;
        this.sink = sink;
        axes = profile.arms().stream().map(AxisNames::axes).toList();
        columns = AxisNames.columns(profile);
        cameraNames = profile.cameras().stream().map(camera -> camera.name()).toList();
        final List<String> armNames = profile.arms().stream().map(arm -> arm.name()).toList();
        cameras = each(cameraNames, "/camera/", "", RosImage.TYPE, StreamId.CAMERA_FRAME);
        measured = each(armNames, "/arm/", "/measured", RosJointState.TYPE, StreamId.JOINT_STATE);
        commanded = each(armNames, "/arm/", "/commanded", RosJointState.TYPE, StreamId.JOINT_STATE);
        sensors = each(profile.sensors().stream().map(sensor -> sensor.name()).toList(), "/sensor/", "", RosFloat64MultiArray.TYPE, StreamId.SENSOR_SAMPLE);
        instructions = channel("/instruction", RosString.TYPE, StreamId.INSTRUCTION, 0);
        reasonings = channel("/reasoning", RosString.TYPE, StreamId.REASONING, 0);
        progress = channel("/reasoning/progress", RosString.TYPE, StreamId.REASONING_PROGRESS, 0);
        chunks = channel("/chunk", RosJointTrajectory.TYPE, StreamId.ACTION_CHUNK, 0);
        events = channel("/events", RosLog.TYPE, StreamId.EVENT, 0);
    }

    private List<Integer> each(final List<String> names, final String before, final String after, final RosType type, final StreamId stream) {
        final List<Integer> places = new ArrayList<>();
        for (final String name : names) {
            places.add(channel(before + name + after, type, stream, places.size()));
        }
        return places;
    }

    private int channel(final String topic, final RosType type, final StreamId stream, final int source) {
        channels.add(new RosChannel(topic, type, stream, source));
        return channels.size() - 1;
    }

    /** All topics of the cell. */
    public List<RosChannel> channels() {
        return Collections.unmodifiableList(channels);
    }

    /**
     * Encodes a message of the bus for each topic that tells of it; for none if none does, or if it does not fit the profile.
     *
     * @param stream where it was heard
     * @param buffer where it is
     * @param offset its header's first byte
     */
    public void encode(final StreamId stream, final DirectBuffer buffer, final int offset) {
        stampNanos = epochNanos.applyAsLong(MessageStamp.observedAtNanos(buffer, offset));
        final int index = MessageStamp.index(buffer, offset);
        switch (stream) {
            case CAMERA_FRAME -> putPicture(index, frame.wrapAndApplyHeader(buffer, offset, header));
            case JOINT_STATE -> putState(index, state.wrapAndApplyHeader(buffer, offset, header));
            case SENSOR_SAMPLE -> putSample(index, sample.wrapAndApplyHeader(buffer, offset, header));
            case INSTRUCTION -> putText(instructions, instruction.wrapAndApplyHeader(buffer, offset, header).text());
            case REASONING -> putText(reasonings, words(buffer, offset));
            case REASONING_PROGRESS -> putText(progress, words(buffer, offset));
            case ACTION_CHUNK -> putChunk(chunk.wrapAndApplyHeader(buffer, offset, header));
            case EVENT -> putEvent(event.wrapAndApplyHeader(buffer, offset, header));
            default -> { }
        }
    }

    private void putPicture(final int camera, final CameraFrameDecoder picture) {
        if (camera < cameras.size()) {
            picture.wrapPixels(data);
            RosImage.write(cdr, stampNanos, cameraNames.get(camera), picture.width(), picture.height(), data, 0);
            sink.put(cameras.get(camera), cdr);
        }
    }

    private void putState(final int arm, final JointStateDecoder told) {
        if (arm >= measured.size()) {
            return;
        }
        final JointStateDecoder.AxesDecoder values = told.axes();
        final int count = values.count();
        final double[] position = new double[count];
        final double[] velocity = new double[count];
        final double[] effort = new double[count];
        final double[] setpoint = new double[count];
        for (int axis = 0; axis < count; axis++) {
            values.next();
            position[axis] = values.position();
            velocity[axis] = values.velocity();
            effort[axis] = values.effort();
            setpoint[axis] = values.setpoint();
        }
        final List<String> names = axes.get(arm).subList(0, Math.min(count, axes.get(arm).size()));
        if (names.size() == count) {
            RosJointState.write(cdr, stampNanos, "", names, position, velocity, effort);
            sink.put(measured.get(arm), cdr);
            RosJointState.write(cdr, stampNanos, "", names, setpoint, NONE, NONE);
            sink.put(commanded.get(arm), cdr);
        }
    }

    private void putSample(final int sensor, final SensorSampleDecoder told) {
        if (sensor < sensors.size()) {
            final SensorSampleDecoder.ValuesDecoder readings = told.values();
            final double[] values = new double[readings.count()];
            for (int channel = 0; channel < values.length; channel++) {
                values[channel] = readings.next().value();
            }
            RosFloat64MultiArray.write(cdr, "channels", values);
            sink.put(sensors.get(sensor), cdr);
        }
    }

    private String words(final DirectBuffer buffer, final int offset) {
        reasoning.wrapAndApplyHeader(buffer, offset, header).skipEmbedding();
        return reasoning.text();
    }

    private void putText(final int topic, final String text) {
        RosString.write(cdr, text);
        sink.put(topic, cdr);
    }

    private void putChunk(final ActionChunkDecoder told) {
        if (told.columns() == columns.size()) {
            final float[] values = new float[told.rows() * told.columns()];
            final long firstRowAtNanos = epochNanos.applyAsLong(told.firstRowAtNanos());
            final long periodNanos = told.rowPeriodNanos();
            told.wrapValues(data);
            Float32.read(data, 0, values, values.length);
            RosJointTrajectory.write(cdr, firstRowAtNanos, "", columns, periodNanos, values);
            sink.put(chunks, cdr);
        }
    }

    private void putEvent(final EventDecoder told) {
        final RosLog.Level level = switch (told.severity()) {
            case WARNING -> RosLog.Level.WARN;
            case FAILURE -> RosLog.Level.ERROR;
            case EMERGENCY -> RosLog.Level.FATAL;
            default -> RosLog.Level.INFO;
        };
        final String source = told.source();
        RosLog.write(cdr, stampNanos, level, source, told.text());
        sink.put(events, cdr);
    }
}
