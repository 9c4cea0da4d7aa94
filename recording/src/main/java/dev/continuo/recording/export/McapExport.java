package dev.continuo.recording.export;

import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.MessageStamp;
import dev.continuo.recording.Episode;
import dev.continuo.recording.RecordingFolder;
import dev.continuo.recording.RecordingReader;
import dev.continuo.recording.mcap.CdrWriter;
import dev.continuo.recording.mcap.McapWriter;
import dev.continuo.recording.mcap.RosTopic;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/**
 * A recording, or an episode of it, as an MCAP file of ROS 2 messages, for Foxglove and the tools of ROS.
 *
 * <p>Stamps are when something was observed, log and publish times when it went on the bus, on the wall clock of the machine that recorded.
 */
public final class McapExport {
    private static final Set<StreamId> STREAMS = EnumSet.complementOf(EnumSet.of(StreamId.HEARTBEAT, StreamId.ECHO_REQUEST, StreamId.ECHO_REPLY));

    private final RecordingFolder folder;
    private final RosMessages messages;
    private final List<RosTopic> topics;
    private long logNanos;
    private long sequence;

    private McapExport(final RecordingFolder folder, final McapWriter file) {
        this.folder = folder;
        messages = new RosMessages(folder.profile(), folder::epochNanos, this::put);
        topics = messages.channels().stream().map(channel -> RosTopic.in(file, channel.topic(), channel.type())).toList();
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
        sequence = MessageStamp.sequence(buffer, offset);
        messages.encode(stream, buffer, offset);
    }

    private void put(final int channel, final CdrWriter message) {
        topics.get(channel).write(sequence, logNanos, logNanos, message);
    }
}
