package dev.continuo.recording;

import dev.continuo.config.ProfileException;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveTool;
import io.aeron.archive.checksum.Checksum;
import io.aeron.archive.checksum.Checksums;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.LogBufferDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.BitUtil;
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

    private final FileChannel segment;
    private final int length;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(WINDOW_BYTES);
    private final UnsafeBuffer loaded = new UnsafeBuffer(bytes);
    private final DataHeaderFlyweight header = new DataHeaderFlyweight();
    private int loadedBegin;
    private int loadedEnd;
    private int windowBegin;
    private int last;
    private int end;

    private SegmentEnd(final FileChannel segment) throws IOException {
        this.segment = segment;
        length = (int) Math.min(Integer.MAX_VALUE, segment.size());
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
        // Not mapped: to look at a hole of a file on a full disk would take a page that there is not.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            new SegmentEnd(channel).settle();
        } catch (final IOException failure) {
            throw new ProfileException(file + " cannot be looked at: " + failure.getMessage(), failure);
        }
    }

    private void settle() throws IOException {
        findLast();
        if (end == last || end != windowBegin || end + HEADER_BYTES > length) {
            return;
        }
        load(last);
        header.wrap(loaded, 0, HEADER_BYTES);
        if (header.headerType() == DataHeaderFlyweight.HDR_TYPE_DATA && isTorn()) {
            write(ByteBuffer.allocate(end - last), last);
        } else {
            pad();
        }
    }

    /** As the tool does. */
    private void findLast() throws IOException {
        // A recording that joined a publication later begins somewhere in its first term; before it nothing was written.
        int next = 0;
        while (next + HEADER_BYTES <= length && frameLength(next) == 0) {
            next += FrameDescriptor.FRAME_ALIGNMENT;
        }
        windowBegin = next;
        last = next;
        end = next;
        while (next + HEADER_BYTES <= length && frameLength(next) > 0) {
            last = next;
            next += BitUtil.align(frameLength(next), FrameDescriptor.FRAME_ALIGNMENT);
            end = next;
            if (end - windowBegin >= WINDOW_BYTES) {
                windowBegin = end;
            }
        }
    }

    private int frameLength(final int offset) throws IOException {
        if (offset < loadedBegin || offset + HEADER_BYTES > loadedEnd) {
            load(offset);
        }
        return loaded.getInt(offset - loadedBegin, ByteOrder.LITTLE_ENDIAN);
    }

    private void load(final int offset) throws IOException {
        bytes.clear();
        int read = 0;
        while (read >= 0 && bytes.hasRemaining()) {
            read = segment.read(bytes, (long) offset + bytes.position());
        }
        loadedBegin = offset;
        loadedEnd = offset + bytes.position();
    }

    private void write(final ByteBuffer what, final int offset) throws IOException {
        while (what.hasRemaining()) {
            segment.write(what, (long) offset + what.position());
        }
    }

    private boolean isTorn() {
        return end > loadedEnd || CHECKSUM.compute(loaded.addressOffset(), HEADER_BYTES, end - last - HEADER_BYTES) != FrameDescriptor.frameSessionId(loaded, 0);
    }

    private void pad() throws IOException {
        final int termEnd = header.termOffset() + end - last;
        // Only the end of a term is both a power of two and as long as the shortest term, but for rare frames that end there by chance: such a recording is told to be damaged.
        final boolean endsTerm = termEnd >= LogBufferDescriptor.TERM_MIN_LENGTH && BitUtil.isPowerOfTwo(termEnd);
        final ByteBuffer frame = ByteBuffer.allocateDirect(HEADER_BYTES);
        final DataHeaderFlyweight padding = new DataHeaderFlyweight(frame);
        padding.version(DataHeaderFlyweight.CURRENT_VERSION).flags((short) DataHeaderFlyweight.BEGIN_AND_END_FLAGS).headerType(DataHeaderFlyweight.HDR_TYPE_PAD);
        padding.termOffset(endsTerm ? 0 : termEnd).streamId(header.streamId()).termId(endsTerm ? header.termId() + 1 : header.termId());
        padding.frameLength(HEADER_BYTES);
        write(frame, end);
    }
}
