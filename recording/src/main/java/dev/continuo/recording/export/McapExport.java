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
import dev.continuo.recording.Episode;
import dev.continuo.recording.RecordingFolder;
import dev.continuo.recording.RecordingReader;
import dev.continuo.recording.mcap.CdrWriter;
import dev.continuo.recording.mcap.McapWriter;
import dev.continuo.recording.mcap.RosFloat64MultiArray;
import dev.continuo.recording.mcap.RosImage;
import dev.continuo.recording.mcap.RosJointState;
import dev.continuo.recording.mcap.RosJointTrajectory;
import dev.continuo.recording.mcap.RosLog;
import dev.continuo.recording.mcap.RosString;
import dev.continuo.recording.mcap.RosTopic;
import dev.continuo.recording.mcap.RosType;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A recording, or an episode of it, as an MCAP file of ROS 2 messages, for Foxglove and the tools of ROS.
 *
 * <p>Stamps are when something was observed, log and publish times when it went on the bus, on the wall clock of the machine that recorded.
 */
public final class McapExport {
    private static final Set<StreamId> STREAMS = EnumSet.complementOf(EnumSet.of(StreamId.HEARTBEAT, StreamId.ECHO_REQUEST, StreamId.ECHO_REPLY));
    private static final double[] NONE = {};

    private final RecordingFolder folder;
    private final McapWriter file;
    private final List<List<String>> axes;
    private final List<String> columns;
    private final List<String> cameraNames;
    private final List<RosTopic> cameras;
    private final List<RosTopic> measured;
    private final List<RosTopic> commanded;
    private final List<RosTopic> sensors;
    private final RosTopic instructions;
    private final RosTopic reasonings;
    private final RosTopic progress;
    private final RosTopic chunks;
    private final RosTopic events;

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
    private long logNanos;
    private long sequence;
    private long stampNanos;

    private McapExport(final RecordingFolder folder, final McapWriter file) {
        this.folder = folder;
        this.file = file;
        final Profile profile = folder.profile();
        axes = profile.arms().stream().map(AxisNames::axes).toList();
        columns = AxisNames.columns(profile);
        cameraNames = profile.cameras().stream().map(camera -> camera.name()).toList();
        cameras = profile.cameras().stream().map(camera -> topic("/camera/" + camera.name(), RosImage.TYPE)).toList();
        measured = profile.arms().stream().map(arm -> topic("/arm/" + arm.name() + "/measured", RosJointState.TYPE)).toList();
        commanded = profile.arms().stream().map(arm -> topic("/arm/" + arm.name() + "/commanded", RosJointState.TYPE)).toList();
        sensors = profile.sensors().stream().map(sensor -> topic("/sensor/" + sensor.name(), RosFloat64MultiArray.TYPE)).toList();
        instructions = topic("/instruction", RosString.TYPE);
        reasonings = topic("/reasoning", RosString.TYPE);
        progress = topic("/reasoning/progress", RosString.TYPE);
        chunks = topic("/chunk", RosJointTrajectory.TYPE);
        events = topic("/events", RosLog.TYPE);
    }

    private RosTopic topic(final String name, final RosType type) {
        return RosTopic.in(file, name, type);
    }

    /**
     * Exports.
     *
     * @param episode  only this one; empty for all of the recording
     * @param to       the file; one that is there is replaced once the new one is whole
     * @param progress told of the time of each message, the messages' clock
     * @throws java.io.UncheckedIOException naming the file, if it cannot be written
     */
    public static void write(final RecordingReader reader, final Optional<Episode> episode, final Path to, final LongConsumer progress) {
        try (McapWriter file = McapWriter.create(to)) {
            final RecordingFolder folder = reader.folder();
            file.metadata("continuo", Map.of("recording", folder.name(), "profile", folder.profileName(), "version", folder.version()));
            final McapExport export = new McapExport(folder, file);
            reader.read(STREAMS, (stream, buffer, offset, length) -> {
                final long atNanos = MessageStamp.publishedAtNanos(buffer, offset);
                progress.accept(atNanos);
                if (episode.isEmpty() || episode.get().holds(atNanos)) {
                    export.write(stream, buffer, offset);
                }
                return episode.isEmpty() || atNanos <= episode.get().endedAtNanos();
            });
            file.complete();
        }
    }

    private void write(final StreamId stream, final DirectBuffer buffer, final int offset) {
        logNanos = folder.epochNanos(MessageStamp.publishedAtNanos(buffer, offset));
        stampNanos = folder.epochNanos(MessageStamp.observedAtNanos(buffer, offset));
        sequence = MessageStamp.sequence(buffer, offset);
        final int index = MessageStamp.index(buffer, offset);
        switch (stream) {
            case CAMERA_FRAME -> writePicture(index, frame.wrapAndApplyHeader(buffer, offset, header));
            case JOINT_STATE -> writeState(index, state.wrapAndApplyHeader(buffer, offset, header));
            case SENSOR_SAMPLE -> writeSample(index, sample.wrapAndApplyHeader(buffer, offset, header));
            case INSTRUCTION -> writeText(instructions, instruction.wrapAndApplyHeader(buffer, offset, header).text());
            case REASONING -> writeText(reasonings, words(buffer, offset));
            case REASONING_PROGRESS -> writeText(progress, words(buffer, offset));
            case ACTION_CHUNK -> writeChunk(chunk.wrapAndApplyHeader(buffer, offset, header));
            case EVENT -> writeEvent(event.wrapAndApplyHeader(buffer, offset, header));
            default -> { }
        }
    }

    private void send(final RosTopic topic) {
        topic.write(sequence, logNanos, logNanos, cdr);
    }

    private void writePicture(final int camera, final CameraFrameDecoder picture) {
        if (camera < cameras.size()) {
            picture.wrapPixels(data);
            RosImage.write(cdr, stampNanos, cameraNames.get(camera), picture.width(), picture.height(), data, 0);
            send(cameras.get(camera));
        }
    }

    private void writeState(final int arm, final JointStateDecoder told) {
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
            send(measured.get(arm));
            RosJointState.write(cdr, stampNanos, "", names, setpoint, NONE, NONE);
            send(commanded.get(arm));
        }
    }

    private void writeSample(final int sensor, final SensorSampleDecoder told) {
        if (sensor < sensors.size()) {
            final SensorSampleDecoder.ValuesDecoder readings = told.values();
            final double[] values = new double[readings.count()];
            for (int channel = 0; channel < values.length; channel++) {
                values[channel] = readings.next().value();
            }
            RosFloat64MultiArray.write(cdr, "channels", values);
            send(sensors.get(sensor));
        }
    }

    private String words(final DirectBuffer buffer, final int offset) {
        return reasoning.wrapAndApplyHeader(buffer, offset, header).skipEmbedding() < 0 ? "" : reasoning.text();
    }

    private void writeText(final RosTopic topic, final String text) {
        RosString.write(cdr, text);
        send(topic);
    }

    private void writeChunk(final ActionChunkDecoder told) {
        if (told.columns() == columns.size()) {
            final float[] values = new float[told.rows() * told.columns()];
            final long firstRowAtNanos = folder.epochNanos(told.firstRowAtNanos());
            final long periodNanos = told.rowPeriodNanos();
            told.wrapValues(data);
            Float32.read(data, 0, values, values.length);
            RosJointTrajectory.write(cdr, firstRowAtNanos, "", columns, periodNanos, values);
            send(chunks);
        }
    }

    private void writeEvent(final EventDecoder told) {
        final RosLog.Level level = switch (told.severity()) {
            case WARNING -> RosLog.Level.WARN;
            case FAILURE -> RosLog.Level.ERROR;
            case EMERGENCY -> RosLog.Level.FATAL;
            default -> RosLog.Level.INFO;
        };
        final String source = told.source();
        RosLog.write(cdr, stampNanos, level, source, told.text());
        send(events);
    }
}
