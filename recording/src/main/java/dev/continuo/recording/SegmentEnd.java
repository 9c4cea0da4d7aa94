package dev.continuo.recording;

import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveTool;
import io.aeron.archive.checksum.Checksum;
import io.aeron.archive.checksum.Checksums;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.LogBufferDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.BitUtil;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The end of the newest segment of each recording, made so that {@link ArchiveTool} can look at it.
 *
 * <p>The tool goes from frame to frame through windows of 1 MiB, and judges the last frame by its checksum. Where that frame reaches the end of a window and nothing is behind it, the tool (Aeron 1.51,
 * {@code Catalog.recoverStopOffset}) has read the next window already and judges memory before its buffer. A few recordings in a hundred end that way, whether they were stopped or cut off. Such a frame is
 * judged here: a torn one goes, as with the tool, and behind a sound one comes a padding frame, which nobody reads and which the tool finds in its window.
 */
final class SegmentEnd {
    private static final int WINDOW_BYTES = Archive.Configuration.FILE_IO_MAX_LENGTH_DEFAULT;
    private static final int HEADER_BYTES = DataHeaderFlyweight.HEADER_LENGTH;
    private static final String SUFFIX = ".rec";
    private static final Checksum CHECKSUM = Checksums.crc32();

    private final UnsafeBuffer segment;
    private final DataHeaderFlyweight header = new DataHeaderFlyweight();
    private int windowBegin;
    private int last;
    private int end;

    private SegmentEnd(final UnsafeBuffer segment) {
        this.segment = segment;
    }

    /** Looks at the newest segment of each recording of an archive that nobody uses. */
    static void settle(final Path archive) {
        newest(archive).values().forEach(SegmentEnd::settleSegment);
    }

    /** By the number of the recording. */
    private static Map<Long, Path> newest(final Path archive) {
        final Map<Long, Path> newest = new HashMap<>();
        try (Stream<Path> files = Files.list(archive)) {
            files.filter(file -> file.getFileName().toString().matches("\\d+-\\d+\\" + SUFFIX))
                .forEach(file -> newest.merge(number(file, 0), file, (one, other) -> number(one, 1) > number(other, 1) ? one : other));
        } catch (final IOException failure) {
            throw new UncheckedIOException(archive + " cannot be read", failure);
        }
        return newest;
    }

    /** Of a file that is named RECORDING-POSITION.rec. */
    private static long number(final Path file, final int part) {
        final String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()).split("-")[part]);
    }

    private static void settleSegment(final Path file) {
        if (file.toFile().length() < HEADER_BYTES) {
            return;
        }
        final MappedByteBuffer bytes = IoUtil.mapExistingFile(file.toFile(), MapMode.READ_WRITE, file.toString());
        try {
            new SegmentEnd(new UnsafeBuffer(bytes)).settle();
        } finally {
            IoUtil.unmap(bytes);
        }
    }

    private void settle() {
        findLast();
        if (end == last || end != windowBegin || end + HEADER_BYTES > segment.capacity()) {
            return;
        }
        header.wrap(segment, last, HEADER_BYTES);
        if (header.headerType() == DataHeaderFlyweight.HDR_TYPE_DATA && isTorn()) {
            segment.setMemory(last, end - last, (byte) 0);
        } else {
            pad();
        }
    }

    /** As the tool does. */
    private void findLast() {
        // A recording that joined a publication later begins somewhere in its first term; before it nothing was written.
        int next = 0;
        while (next + HEADER_BYTES <= segment.capacity() && frameLength(next) == 0) {
            next += FrameDescriptor.FRAME_ALIGNMENT;
        }
        windowBegin = next;
        last = next;
        end = next;
        while (next + HEADER_BYTES <= segment.capacity() && frameLength(next) > 0) {
            last = next;
            next += BitUtil.align(frameLength(next), FrameDescriptor.FRAME_ALIGNMENT);
            end = next;
            if (end - windowBegin >= WINDOW_BYTES) {
                windowBegin = end;
            }
        }
    }

    private int frameLength(final int offset) {
        return segment.getInt(offset, ByteOrder.LITTLE_ENDIAN);
    }

    private boolean isTorn() {
        return end > segment.capacity() || CHECKSUM.compute(segment.addressOffset(), last + HEADER_BYTES, end - last - HEADER_BYTES) != FrameDescriptor.frameSessionId(segment, last);
    }

    private void pad() {
        final int termEnd = header.termOffset() + end - last;
        // Only the end of a term is both a power of two and as long as the shortest term, but for rare frames that end there by chance: such a recording is told to be damaged.
        final boolean endsTerm = termEnd >= LogBufferDescriptor.TERM_MIN_LENGTH && BitUtil.isPowerOfTwo(termEnd);
        final int streamId = header.streamId();
        final int termId = endsTerm ? header.termId() + 1 : header.termId();
        header.wrap(segment, end, HEADER_BYTES);
        header.version(DataHeaderFlyweight.CURRENT_VERSION).flags((short) DataHeaderFlyweight.BEGIN_AND_END_FLAGS).headerType(DataHeaderFlyweight.HDR_TYPE_PAD);
        header.termOffset(endsTerm ? 0 : termEnd).streamId(streamId).termId(termId).reservedValue(0);
        header.frameLength(HEADER_BYTES);
    }
}
