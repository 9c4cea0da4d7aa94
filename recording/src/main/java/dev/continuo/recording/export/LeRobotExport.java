package dev.continuo.recording.export;

import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.CameraFrameDecoder;
import dev.continuo.actors.message.JointStateDecoder;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.MessageStamp;
import dev.continuo.actors.message.SensorSampleDecoder;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.CameraProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.SensorProfile;
import dev.continuo.recording.AxisNames;
import dev.continuo.recording.Episode;
import dev.continuo.recording.RecordingReader;
import dev.continuo.recording.lerobot.LeRobotCamera;
import dev.continuo.recording.lerobot.LeRobotFeatures;
import dev.continuo.recording.lerobot.LeRobotWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;

/**
 * Episodes of a recording as a LeRobot dataset: at even intervals what was newest then.
 *
 * <p>{@code observation.state} is where the axes were measured to be, {@code action} where they were commanded to, a picture the last one that had been taken, each sensor a vector
 * {@code observation.NAME}. An episode begins when all of these have been heard.
 */
public final class LeRobotExport {
    private static final Set<StreamId> STREAMS = EnumSet.of(StreamId.CAMERA_FRAME, StreamId.JOINT_STATE, StreamId.SENSOR_SAMPLE);
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Profile profile;
    private final LeRobotWriter dataset;
    private final int fps;
    private final Iterator<Episode> episodes;
    private final int[] firstAxes;
    private final float[] state;
    private final float[] action;
    private final boolean[] armHeard;
    private final Map<String, byte[]> pictures = new LinkedHashMap<>();
    private final Map<String, float[]> sensors = new LinkedHashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CameraFrameDecoder frame = new CameraFrameDecoder();
    private final JointStateDecoder joints = new JointStateDecoder();
    private final SensorSampleDecoder sample = new SensorSampleDecoder();
    private Episode current;
    private long dueAtNanos = Long.MIN_VALUE;

    private LeRobotExport(final Profile profile, final List<Episode> episodes, final LeRobotWriter dataset, final int fps) {
        this.profile = profile;
        this.dataset = dataset;
        this.fps = fps;
        this.episodes = episodes.iterator();
        firstAxes = IntStream.range(0, profile.arms().size()).map(arm -> profile.arms().stream().limit(arm).mapToInt(ArmProfile::axisCount).sum()).toArray();
        final int axes = profile.arms().stream().mapToInt(ArmProfile::axisCount).sum();
        state = new float[axes];
        action = new float[axes];
        armHeard = new boolean[profile.arms().size()];
        current = this.episodes.hasNext() ? this.episodes.next() : null;
    }

    /**
     * Exports.
     *
     * @param episodes in their order
     * @param to       the dataset's folder, which must not be there; it appears once it is whole
     * @param fps      frames a second
     * @param progress told of the time of each message, the messages' clock
     * @throws ProfileException      if the folder is there, or a camera cannot be in such a dataset
     * @throws UncheckedIOException naming the file, if it cannot be written
     */
    public static void write(final RecordingReader reader, final List<Episode> episodes, final Path to, final int fps, final LongConsumer progress) {
        final Profile profile = reader.folder().profile();
        try (LeRobotWriter dataset = new LeRobotWriter(to.toAbsolutePath(), fps, robot(profile), features(reader, profile))) {
            final LeRobotExport export = new LeRobotExport(profile, episodes, dataset, fps);
            reader.read(STREAMS, (stream, buffer, offset, length) -> {
                progress.accept(MessageStamp.publishedAtNanos(buffer, offset));
                return export.take(stream, buffer, offset);
            });
            export.endEpisode();
            if (dataset.episodes() == 0) {
                throw new ProfileException(reader.folder().name() + ": no episode has a frame: a camera or an arm was never heard");
            }
            dataset.finish();
        } catch (final FileAlreadyExistsException there) {
            throw new ProfileException(there.getMessage() + " is there already", there);
        } catch (final IllegalArgumentException unfit) {
            throw new ProfileException(to + ": " + unfit.getMessage(), unfit);
        } catch (final IOException e) {
            throw new UncheckedIOException(to + ": " + e.getMessage(), e);
        }
    }

    private static String robot(final Profile profile) {
        return String.join("+", profile.arms().stream().map(arm -> arm.driver().model()).distinct().toList());
    }

    private static LeRobotFeatures features(final RecordingReader reader, final Profile profile) {
        final List<String> axes = AxisNames.axes(profile);
        final List<LeRobotCamera> cameras = profile.cameras().stream().map(camera -> new LeRobotCamera(camera.name(), camera.width(), camera.height())).toList();
        return new LeRobotFeatures(axes, axes, channels(reader, profile), cameras);
    }

    /** How many channels a sensor has is known to its plugin, which need not be here: the first reading tells. */
    private static Map<String, List<String>> channels(final RecordingReader reader, final Profile profile) {
        final Map<String, List<String>> channels = new LinkedHashMap<>();
        if (!profile.sensors().isEmpty()) {
            final SensorSampleDecoder sample = new SensorSampleDecoder();
            final MessageHeaderDecoder header = new MessageHeaderDecoder();
            reader.read(EnumSet.of(StreamId.SENSOR_SAMPLE), (stream, buffer, offset, length) -> {
                sample.wrapAndApplyHeader(buffer, offset, header);
                final String name = profile.sensors().get(sample.index()).name();
                channels.putIfAbsent(key(name), IntStream.rangeClosed(1, sample.values().count()).mapToObj(channel -> name + '_' + channel).toList());
                return channels.size() < profile.sensors().size();
            });
        }
        return channels;
    }

    private static String key(final String sensor) {
        return "observation." + sensor;
    }

    /** Frames that are due before this message are made of what was heard before it. */
    private boolean take(final StreamId stream, final DirectBuffer buffer, final int offset) {
        final long atNanos = MessageStamp.publishedAtNanos(buffer, offset);
        while (current != null && dueAtNanos != Long.MIN_VALUE && dueAtNanos < atNanos && dueAtNanos <= current.endedAtNanos()) {
            addFrame();
        }
        if (current != null && atNanos > current.endedAtNanos()) {
            endEpisode();
            current = episodes.hasNext() ? episodes.next() : null;
        }
        hear(stream, buffer, offset);
        if (current != null && dueAtNanos == Long.MIN_VALUE && atNanos >= current.startedAtNanos() && isWhole()) {
            dueAtNanos = atNanos;
        }
        return current != null;
    }

    private void hear(final StreamId stream, final DirectBuffer buffer, final int offset) {
        switch (stream) {
            case CAMERA_FRAME -> hearPicture(frame.wrapAndApplyHeader(buffer, offset, header));
            case JOINT_STATE -> hearState(joints.wrapAndApplyHeader(buffer, offset, header));
            case SENSOR_SAMPLE -> hearSample(sample.wrapAndApplyHeader(buffer, offset, header));
            default -> { }
        }
    }

    private void hearPicture(final CameraFrameDecoder told) {
        if (told.index() < profile.cameras().size()) {
            final CameraProfile camera = profile.cameras().get(told.index());
            if (told.width() == camera.width() && told.height() == camera.height()) {
                final byte[] rgb = pictures.computeIfAbsent(camera.name(), name -> new byte[3 * camera.width() * camera.height()]);
                told.getPixels(rgb, 0, rgb.length);
            }
        }
    }

    private void hearState(final JointStateDecoder told) {
        final int arm = told.index();
        final JointStateDecoder.AxesDecoder axes = told.axes();
        if (arm < armHeard.length && axes.count() == profile.arms().get(arm).axisCount()) {
            for (int axis = firstAxes[arm]; axes.hasNext(); axis++) {
                axes.next();
                state[axis] = (float) axes.position();
                action[axis] = (float) axes.setpoint();
            }
            armHeard[arm] = true;
        }
    }

    private void hearSample(final SensorSampleDecoder told) {
        if (told.index() < profile.sensors().size()) {
            final SensorProfile sensor = profile.sensors().get(told.index());
            final SensorSampleDecoder.ValuesDecoder readings = told.values();
            final float[] values = sensors.computeIfAbsent(key(sensor.name()), name -> new float[readings.count()]);
            for (int channel = 0; channel < values.length && readings.hasNext(); channel++) {
                values[channel] = (float) readings.next().value();
            }
        }
    }

    private boolean isWhole() {
        return IntStream.range(0, armHeard.length).allMatch(arm -> armHeard[arm]) && pictures.size() == profile.cameras().size() && sensors.size() == profile.sensors().size();
    }

    private void addFrame() {
        try {
            dataset.addFrame(state, action, sensors, pictures);
            dueAtNanos += SECOND_NANOS / fps;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void endEpisode() {
        try {
            if (dataset.frames() > 0) {
                dataset.endEpisode(current.instruction());
            }
            dueAtNanos = Long.MIN_VALUE;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
