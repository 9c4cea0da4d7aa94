package dev.continuo.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.continuo.actors.bus.StreamId;
import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.agrona.BitUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings whose last frame reaches the end of a window of the tool that looks at them. */
@Timeout(60)
class SegmentEndTest {
    private static final int WINDOW_BYTES = 1 << 20;
    private static final int TERM_BYTES = 4 << 20;
    /** A recorder that falls behind is left behind. */
    private static final int AHEAD_BYTES = 1 << 17;
    private static final int TORN_BYTES = 5_000;
    /** A picture is one frame. */
    private static final String CHANNEL = "aeron:ipc?mtu=16384|term-length=";
    @TempDir
    private Path temporary;
    private int sent;

    /** Records what is published. */
    private void record(final int termBytes, final BiConsumer<RecordedRun, ExclusivePublication> publishes) {
        try (RecordedRun run = new RecordedRun(temporary)) {
            run.begin();
            try (Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(temporary.resolve("bus").toString()));
                 ExclusivePublication frames = aeron.addExclusivePublication(CHANNEL + termBytes, StreamId.CAMERA_FRAME.id())) {
                RecordedRun.await(frames::isConnected);
                publishes.accept(run, frames);
                run.awaitAcknowledged(frames.position());
            }
        }
    }

    /** Pictures until the last one crosses so many windows' end. */
    private void recordWindows(final int windows) {
        record(TERM_BYTES, (run, frames) -> {
            long windowBegin = 0;
            for (int window = 0; window < windows; window++) {
                while (frames.position() - windowBegin < WINDOW_BYTES) {
                    final int length = run.published.frame(++sent, System.nanoTime());
                    RecordedRun.await(() -> frames.offer(run.published.buffer, 0, length) > 0);
                    run.awaitAcknowledged(frames.position() - AHEAD_BYTES);
                }
                windowBegin = frames.position();
            }
        });
    }

    private Path folder() {
        return temporary.resolve("recordings/run");
    }

    private List<Long> numbers(final int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void nothingOfASoundOneIsLost(final int windows) {
        recordWindows(windows);
        assertEquals(numbers(sent), Published.framesIn(folder()));
        assertEquals(numbers(sent), Published.framesIn(folder()), "reading changes nothing");
    }

    @Test
    void oneThatEndsWithATermIsSound() {
        record(WINDOW_BYTES, (run, frames) -> {
            long position = 0;
            while (position != Publication.ADMIN_ACTION) {
                position = frames.offer(run.published.buffer, 0, run.published.frame(sent + 1L, System.nanoTime()));
                sent += position > 0 ? 1 : 0;
                run.awaitAcknowledged(frames.position() - AHEAD_BYTES);
            }
        });
        assertEquals(numbers(sent), Published.framesIn(folder()));
        assertEquals(numbers(sent), Published.framesIn(folder()), "reading changes nothing");
    }

    @Test
    void aTornFrameGoes() throws IOException {
        recordWindows(1);
        try (RandomAccessFile segment = new RandomAccessFile(segment().toFile(), "rw")) {
            long end = 0;
            for (int frame = frameBytes(segment, 0); frame > 0; frame = frameBytes(segment, end)) {
                end += frame;
            }
            // What the kernel had not got yet when the process was killed.
            segment.seek(end - TORN_BYTES);
            segment.write(new byte[TORN_BYTES]);
        }
        assertEquals(numbers(sent - 1), Published.framesIn(folder()));
    }

    private static int frameBytes(final RandomAccessFile segment, final long at) throws IOException {
        segment.seek(at);
        return BitUtil.align(Integer.reverseBytes(segment.readInt()), 32);
    }

    /** That in which something is recorded. */
    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(folder().resolve("archive"))) {
            return files.filter(file -> file.toString().endsWith(".rec")).filter(SegmentEndTest::holdsSomething).findFirst().orElseThrow();
        }
    }

    private static boolean holdsSomething(final Path segment) {
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "r")) {
            return frameBytes(file, 0) > 0;
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
