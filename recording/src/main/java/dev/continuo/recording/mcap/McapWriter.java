package dev.continuo.recording.mcap;

import java.io.Closeable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.agrona.DirectBuffer;

/**
 * Writes one MCAP file of the profile {@code ros2}: chunks of about a mebibyte compressed with Zstandard, every checksum and every index that the format knows.
 *
 * <p>The file is written as {@code NAME.part} and stands under its name only after {@link #complete()}: a writer that is closed without it, because something
 * failed in between, leaves nothing behind, and one that is killed leaves only the {@code .part}.
 *
 * <p>Memory: one chunk, compressed and not (as large as the largest message, if that is larger), and about 100 bytes for the index of every chunk written.
 * Messages may come in any order of time. Of use to one thread at a time.
 *
 * <p>Every method throws {@link UncheckedIOException}, with the file's name in its message, when the file cannot be written; no later call succeeds then.
 */
public final class McapWriter implements Closeable {
    private static final byte[] MAGIC = {(byte) 0x89, 'M', 'C', 'A', 'P', '0', '\r', '\n'};
    private static final String PROFILE = "ros2";
    private static final String LIBRARY = "continuo";
    private static final int MOST_IDS = 0xFFFF;
    private static final int INITIAL_BYTES = 4096;

    /** A schema as far as it tells itself from others. */
    private record Identity(String name, String encoding, ByteBuffer data) {
    }

    private final PartFile file;
    private final Chunk chunk = new Chunk();
    private final Summary summary = new Summary();
    private final Statistics statistics = summary.statistics();
    private final RecordBuffer single = new RecordBuffer(INITIAL_BYTES);
    private final Map<Identity, Integer> schemaIds = new HashMap<>();
    private final CRC32 crc = new CRC32();
    private boolean closed;

    private McapWriter(final PartFile file) {
        this.file = file;
    }

    /**
     * Begins a file.
     *
     * @param file where it will stand; its folder is made if need be
     * @return the writer, to be closed
     * @throws UncheckedIOException if the file cannot be made
     */
    public static McapWriter create(final Path file) {
        final McapWriter writer = new McapWriter(new PartFile(file));
        try {
            final RecordBuffer start = writer.single;
            writer.file.write(start.raw(MAGIC).begin(Opcode.HEADER).text(PROFILE).text(LIBRARY).end().from(0));
            return writer;
        } catch (final UncheckedIOException failure) {
            writer.close();
            throw failure;
        }
    }

    /**
     * Makes a description of messages known.
     *
     * @param name     the message type, in this profile {@code package/msg/Type}
     * @param encoding how the description is written, such as {@code ros2msg}
     * @param data     the description
     * @return the id for {@link #channel}; that of before, if the same description is known already
     * @throws IllegalStateException if the file has 65535 schemas, or is complete or closed
     */
    public int schema(final String name, final String encoding, final byte[] data) {
        requireOpen();
        return schemaIds.computeIfAbsent(new Identity(name, encoding, ByteBuffer.wrap(data.clone())), unknown -> newSchema(name, encoding, data));
    }

    private int newSchema(final String name, final String encoding, final byte[] data) {
        requireIds(statistics.schemas(), "schemas");
        final int id = statistics.countSchema();
        inChunkAndSummary(
            single.clear().begin(Opcode.SCHEMA).u16(id).text(name).text(encoding).u32(data.length).raw(data).end(), summary.schemas());
        return id;
    }

    /**
     * Opens a topic.
     *
     * @param topic           its name, such as {@code /joint_states}
     * @param schemaId        of {@link #schema}, or 0 if nothing describes the messages
     * @param messageEncoding how messages are written, in this profile {@code cdr}
     * @param metadata        anything more about it
     * @return the id for {@link #message}
     * @throws IllegalArgumentException if there is no such schema
     * @throws IllegalStateException    if the file has 65535 channels, or is complete or closed
     */
    public int channel(final String topic, final int schemaId, final String messageEncoding, final Map<String, String> metadata) {
        requireOpen();
        if (schemaId < 0 || schemaId > statistics.schemas()) {
            throw new IllegalArgumentException(topic + ": there is no schema " + schemaId);
        }
        requireIds(statistics.channels(), "channels");
        final int id = statistics.countChannel();
        inChunkAndSummary(
            single.clear().begin(Opcode.CHANNEL).u16(id).u16(schemaId).text(topic).text(messageEncoding).map(metadata).end(), summary.channels());
        return id;
    }

    private void inChunkAndSummary(final RecordBuffer record, final RecordBuffer group) {
        chunk.records().raw(record.from(0));
        group.raw(record.from(0));
    }

    /**
     * Adds a message.
     *
     * @param channelId        of {@link #channel}
     * @param sequence         the publisher's count; the file has room for its lower 32 bits
     * @param logTimeNanos     when it was recorded, nanoseconds since the epoch, not negative; what readers sort by
     * @param publishTimeNanos when it was published, likewise
     * @param data             where the encoded message is
     * @param offset           its first byte
     * @param length           in bytes
     * @throws IllegalArgumentException if there is no such channel or a time is negative
     * @throws IllegalStateException    if the file is complete or closed
     */
    public void message(final int channelId, final long sequence, final long logTimeNanos, final long publishTimeNanos,
        final DirectBuffer data, final int offset, final int length) {
        requireOpen();
        if (channelId < 1 || channelId > statistics.channels()) {
            throw new IllegalArgumentException("there is no channel " + channelId);
        }
        requireTime(logTimeNanos);
        requireTime(publishTimeNanos);
        data.boundsCheck(offset, length);
        chunk.message(channelId, sequence, logTimeNanos, publishTimeNanos, data, offset, length);
        statistics.countMessage(channelId, logTimeNanos);
        if (chunk.isFull()) {
            chunk.writeTo(file, summary);
        }
    }

    /**
     * Adds facts about the whole file.
     *
     * @param name    what the facts are about
     * @param entries the facts
     * @throws IllegalStateException if the file is complete or closed
     */
    public void metadata(final String name, final Map<String, String> entries) {
        requireOpen();
        single.clear().begin(Opcode.METADATA).text(name).map(entries).end();
        summary.metadataIndexes().begin(Opcode.METADATA_INDEX).u64(file.position()).u64(single.length()).text(name).end();
        statistics.countMetadata();
        file.write(single.from(0));
    }

    /**
     * Adds a file within the file, such as the profile of the cell.
     *
     * @param name            its name
     * @param mediaType       such as {@code text/plain}
     * @param logTimeNanos    when it was recorded, nanoseconds since the epoch, not negative
     * @param createTimeNanos when it was made, likewise; 0 if nobody knows
     * @param data            its bytes
     * @throws IllegalArgumentException if a time is negative
     * @throws IllegalStateException    if the file is complete or closed
     */
    public void attachment(final String name, final String mediaType, final long logTimeNanos, final long createTimeNanos, final byte[] data) {
        requireOpen();
        requireTime(logTimeNanos);
        requireTime(createTimeNanos);
        single.clear().begin(Opcode.ATTACHMENT).u64(logTimeNanos).u64(createTimeNanos).text(name).text(mediaType).u64(data.length).raw(data);
        crc.reset();
        crc.update(single.from(single.contentAt()));
        single.u32(crc.getValue()).end();
        summary.attachmentIndexes().begin(Opcode.ATTACHMENT_INDEX)
            .u64(file.position()).u64(single.length()).u64(logTimeNanos).u64(createTimeNanos).u64(data.length).text(name).text(mediaType).end();
        statistics.countAttachment();
        file.write(single.from(0));
    }

    /**
     * Writes what is left, makes the file durable and moves it to its place, over a file that stands there. Then the writer only closes.
     *
     * @throws IllegalStateException if the file is complete or closed
     */
    public void complete() {
        requireOpen();
        if (!chunk.isEmpty()) {
            chunk.writeTo(file, summary);
        }
        file.write(single.clear().begin(Opcode.DATA_END).u32(file.crc()).end().from(0));
        summary.writeTo(file);
        file.write(ByteBuffer.wrap(MAGIC));
        file.complete();
        close();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the file is complete or closed");
        }
    }

    private static void requireIds(final int used, final String what) {
        if (used == MOST_IDS) {
            throw new IllegalStateException("an MCAP file has no room for more than " + MOST_IDS + " " + what);
        }
    }

    private static void requireTime(final long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("a time before the epoch: " + nanos + " ns");
        }
    }

    /** Gives everything back. A file that is not complete goes. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            chunk.close();
            file.close();
        }
    }
}
