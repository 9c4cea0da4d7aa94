package dev.continuo.actors.agent;

import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.MotionMode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.NanoClock;

/**
 * The newest of what the stages say, for people who watch; over all restarts of the agent that listens. Written by the agent's thread, read by any.
 *
 * <p>What nobody has asked for lately is not kept up to date: an unwatched service spends nothing on being watched.
 */
public final class Watched {
    /** Who watches asks again well within this time. */
    private static final long INTEREST_NANOS = 3_000_000_000L;

    private final NanoClock clock;
    private final Map<Integer, Arm> arms = new ConcurrentHashMap<>();
    private final Map<Integer, Sample> samples = new ConcurrentHashMap<>();
    private final Map<Integer, Picture> pictures = new ConcurrentHashMap<>();
    private final Map<Source, byte[]> messages = new ConcurrentHashMap<>();
    private volatile Plan plan;
    private volatile String reasoning = "";
    private volatile long askedAtNanos;
    private volatile long picturesAskedAtNanos;
    private volatile long pictureMessagesAskedAtNanos;

    private record Source(StreamId stream, int index) {
    }

    /**
     * An arm as measured.
     *
     * @param index           its place in the profile
     * @param observedAtNanos when
     * @param mode            what it is doing
     * @param position        of each axis, radians; gripper: metres of opening
     * @param setpoint        as commanded in the same cycle
     */
    public record Arm(int index, long observedAtNanos, MotionMode mode, double[] position, double[] setpoint) {
    }

    /**
     * The chunk that the policy sent last.
     *
     * @param sequence        the policy's count
     * @param firstRowAtNanos the moment that row 0 is meant for
     * @param rowPeriodNanos  from row to row
     * @param rows            each with a value for each column of each arm
     */
    public record Plan(long sequence, long firstRowAtNanos, long rowPeriodNanos, float[][] rows) {
    }

    /**
     * A sensor's reading.
     *
     * @param index           its place in the profile
     * @param observedAtNanos when
     * @param values          in the order of its channels
     */
    public record Sample(int index, long observedAtNanos, double[] values) {
    }

    /**
     * A camera's picture.
     *
     * @param sequence the camera's count
     * @param width    pixels
     * @param height   pixels
     * @param rgb      red, green, blue of each pixel, row by row from the top
     */
    public record Picture(long sequence, int width, int height, byte[] rgb) {
    }

    /** Nothing has been said yet. */
    public Watched(final NanoClock clock) {
        this.clock = clock;
        askedAtNanos = clock.nanoTime() - INTEREST_NANOS;
        picturesAskedAtNanos = askedAtNanos;
        pictureMessagesAskedAtNanos = askedAtNanos;
    }

    /** The arms, in the profile's order; those that were never heard of are left out. */
    public Collection<Arm> arms() {
        askedAtNanos = clock.nanoTime();
        return new TreeMap<>(arms).values();
    }

    /** The newest readings of the sensors, in the profile's order; those that were never heard of are left out. */
    public Collection<Sample> samples() {
        askedAtNanos = clock.nanoTime();
        return new TreeMap<>(samples).values();
    }

    /** The newest chunk. */
    public Optional<Plan> plan() {
        askedAtNanos = clock.nanoTime();
        return Optional.ofNullable(plan);
    }

    /** The reasoning as far as it has come. */
    public String reasoning() {
        askedAtNanos = clock.nanoTime();
        return reasoning;
    }

    /**
     * The newest picture of a camera.
     *
     * @param camera its place in the profile
     */
    public Optional<Picture> picture(final int camera) {
        picturesAskedAtNanos = clock.nanoTime();
        return Optional.ofNullable(pictures.get(camera));
    }

    /**
     * The newest message of a source as it went over the bus, for those who encode it for others. It may be old: its stamps say so.
     *
     * @param stream what it says
     * @param index  which camera, arm or sensor
     * @return its header first; not to be written to, and another array for each message
     */
    public Optional<byte[]> message(final StreamId stream, final int index) {
        if (stream.large()) {
            pictureMessagesAskedAtNanos = clock.nanoTime();
        } else {
            askedAtNanos = clock.nanoTime();
        }
        return Optional.ofNullable(messages.get(new Source(stream, index)));
    }

    boolean isWatched(final long nowNanos) {
        return nowNanos - askedAtNanos < INTEREST_NANOS;
    }

    boolean arePicturesWatched(final long nowNanos) {
        return nowNanos - picturesAskedAtNanos < INTEREST_NANOS;
    }

    boolean arePictureMessagesWatched(final long nowNanos) {
        return nowNanos - pictureMessagesAskedAtNanos < INTEREST_NANOS;
    }

    void put(final Arm arm) {
        arms.put(arm.index(), arm);
    }

    void put(final Sample sample) {
        samples.put(sample.index(), sample);
    }

    void put(final Plan newest) {
        plan = newest;
    }

    void put(final String soFar) {
        reasoning = soFar;
    }

    void put(final int camera, final Picture picture) {
        pictures.put(camera, picture);
    }

    void put(final StreamId stream, final int index, final byte[] message) {
        messages.put(new Source(stream, index), message);
    }
}
