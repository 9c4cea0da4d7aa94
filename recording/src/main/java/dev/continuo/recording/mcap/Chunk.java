package dev.continuo.recording.mcap;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.agrona.DirectBuffer;

/** The records that are compressed together, collected in memory, with the index that leads to each message among them. */
final class Chunk implements Closeable {
    /** Large enough that compression gains nothing from more, small enough that a reader who seeks one message reads little else; what other writers use, too. */
    private static final int FULL_BYTES = 1 << 20;
    private static final String COMPRESSION = "zstd";
    /** Zstandard's default: raw pictures at some hundred megabytes a second. */
    private static final int LEVEL = 3;
    private static final int INITIAL_HEAD_BYTES = 4096;

    /** Where a message stands among the uncompressed records of its chunk. */
    private record Place(long logTimeNanos, long offset) {
    }

    private final RecordBuffer records = new RecordBuffer(FULL_BYTES);
    private final RecordBuffer around = new RecordBuffer(INITIAL_HEAD_BYTES);
    private final Map<Integer, List<Place>> placesByChannel = new TreeMap<>();
    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL);
    private final CRC32 crc = new CRC32();
    private ByteBuffer compressed = ByteBuffer.allocateDirect(Math.toIntExact(Zstd.compressBound(FULL_BYTES)));
    private long startNanos = Long.MAX_VALUE;
    private long endNanos;

    /** Where schemas and channels are laid down, ahead of the messages that need them. */
    RecordBuffer records() {
        return records;
    }

    void message(final int channelId, final long sequence, final long logTimeNanos, final long publishTimeNanos,
        final DirectBuffer data, final int offset, final int length) {
        placesByChannel.computeIfAbsent(channelId, first -> new ArrayList<>()).add(new Place(logTimeNanos, records.length()));
        records.begin(Opcode.MESSAGE).u16(channelId).u32(sequence).u64(logTimeNanos).u64(publishTimeNanos).raw(data, offset, length).end();
        startNanos = Math.min(startNanos, logTimeNanos);
        endNanos = Math.max(endNanos, logTimeNanos);
    }

    boolean isFull() {
        return records.length() >= FULL_BYTES;
    }

    boolean isEmpty() {
        return records.length() == 0;
    }

    /** Appends the chunk and its message indexes to the file, tells the summary where they are, and begins anew. */
    void writeTo(final PartFile file, final Summary summary) {
        final long start = placesByChannel.isEmpty() ? 0 : startNanos;
        final ByteBuffer uncompressed = records.from(0);
        crc.reset();
        crc.update(uncompressed.duplicate());
        final ByteBuffer packed = compress(uncompressed);
        final long chunkAt = file.position();
        around.clear().begin(Opcode.CHUNK)
            .u64(start).u64(endNanos).u64(records.length()).u32(crc.getValue()).text(COMPRESSION).u64(packed.remaining()).end(packed.remaining());
        file.write(around.from(0));
        file.write(packed);
        final long indexesAt = file.position();
        final RecordBuffer entry = summary.chunkIndexes().begin(Opcode.CHUNK_INDEX).u64(start).u64(endNanos).u64(chunkAt).u64(indexesAt - chunkAt);
        final int indexOffsets = entry.beginList();
        around.clear();
        placesByChannel.forEach((channelId, places) -> {
            entry.u16(channelId).u64(indexesAt + around.length());
            index(channelId, places);
        });
        file.write(around.from(0));
        entry.endList(indexOffsets).u64(around.length()).text(COMPRESSION).u64(packed.remaining()).u64(records.length()).end();
        summary.statistics().countChunk();
        clear();
    }

    private ByteBuffer compress(final ByteBuffer uncompressed) {
        final int bound = Math.toIntExact(Zstd.compressBound(uncompressed.remaining()));
        if (compressed.capacity() < bound) {
            compressed = ByteBuffer.allocateDirect(bound);
        }
        zstd.compress(compressed.clear(), uncompressed);
        return compressed.flip();
    }

    private void index(final int channelId, final List<Place> places) {
        places.sort(Comparator.comparingLong(Place::logTimeNanos));
        around.begin(Opcode.MESSAGE_INDEX).u16(channelId);
        final int list = around.beginList();
        places.forEach(place -> around.u64(place.logTimeNanos).u64(place.offset));
        around.endList(list).end();
    }

    private void clear() {
        records.clear();
        placesByChannel.clear();
        startNanos = Long.MAX_VALUE;
        endNanos = 0;
    }

    @Override
    public void close() {
        zstd.close();
    }
}
