package dev.continuo.supervision.web;

import dev.continuo.actors.agent.Watched;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.MessageStamp;
import dev.continuo.config.Profile;
import dev.continuo.recording.export.RosChannel;
import dev.continuo.recording.export.RosMessages;
import dev.continuo.recording.mcap.CdrWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.pekko.util.ByteString;

/** The newest message of each topic, encoded once for all who look, and only if somebody does. Safe for use by any thread. */
final class FoxgloveTopics {
    private static final Set<StreamId> LIVE =
        EnumSet.of(StreamId.CAMERA_FRAME, StreamId.JOINT_STATE, StreamId.SENSOR_SAMPLE, StreamId.INSTRUCTION, StreamId.REASONING_PROGRESS, StreamId.ACTION_CHUNK);
    /** What is kept from when somebody watched before is no news. */
    private static final long NEWS_NANOS = 3_000_000_000L;

    private final Profile profile;
    private final Watched watched;
    private final NanoClock clock;
    private final RosMessages encoder;
    private final Topic[] topics;
    private final List<Integer> live;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private long epochOffsetNanos;
    private byte[] encoding;

    /**
     * A message.
     *
     * @param publishedAtEpochNanos when it went on the bus, nanoseconds since the epoch
     * @param cdr                   the message, encoded
     */
    record Sample(long publishedAtEpochNanos, ByteString cdr) {
    }

    /** One topic: the message that was encoded last and what became of it. */
    private static final class Topic {
        private final RosChannel channel;
        private byte[] encoded;
        private Sample sample;

        private Topic(final RosChannel channel) {
            this.channel = channel;
        }
    }

    FoxgloveTopics(final Profile profile, final Watched watched, final NanoClock clock) {
        this.profile = profile;
        this.watched = watched;
        this.clock = clock;
        encoder = new RosMessages(profile, this::epochNanos, this::put);
        topics = encoder.channels().stream().map(Topic::new).toArray(Topic[]::new);
        live = IntStream.range(0, topics.length).filter(topic -> LIVE.contains(topics[topic].channel.stream())).boxed().toList();
        setClock();
    }

    /** The profile's name. */
    String cell() {
        return profile.name();
    }

    /** The topics that can be watched: numbers for {@link #channel} and {@link #newest}. */
    List<Integer> live() {
        return live;
    }

    /** What a topic is. */
    RosChannel channel(final int topic) {
        return topics[topic].channel;
    }

    /** Reads the wall clock, which may have been set since. */
    synchronized void setClock() {
        epochOffsetNanos = SystemEpochNanoClock.INSTANCE.nanoTime() - clock.nanoTime();
    }

    /** The newest message of a topic, if it is news; the same object until there is another. */
    synchronized Optional<Sample> newest(final int topic) {
        final Topic asked = topics[topic];
        final Optional<byte[]> message = watched.message(asked.channel.stream(), asked.channel.source());
        if (message.isEmpty()) {
            return Optional.empty();
        }
        buffer.wrap(message.get());
        if (clock.nanoTime() - MessageStamp.publishedAtNanos(buffer, 0) > NEWS_NANOS) {
            return Optional.empty();
        }
        if (asked.encoded != message.get()) {
            asked.encoded = message.get();
            asked.sample = null;
            encoding = message.get();
            encode(asked.channel.stream());
        }
        return Optional.ofNullable(asked.sample);
    }

    private void encode(final StreamId stream) {
        try {
            encoder.encode(stream, buffer, 0);
        } catch (final IllegalArgumentException noSuchTime) {
            // A message whose times mean nothing, as a failing policy's may, is not shown; what else there is must be.
        }
    }

    private void put(final int topic, final CdrWriter message) {
        final byte[] cdr = new byte[message.length()];
        message.buffer().getBytes(0, cdr);
        topics[topic].encoded = encoding;
        topics[topic].sample = new Sample(epochNanos(MessageStamp.publishedAtNanos(buffer, 0)), ByteString.fromArrayUnsafe(cdr));
    }

    private long epochNanos(final long nanos) {
        return nanos + epochOffsetNanos;
    }
}
