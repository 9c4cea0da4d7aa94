package dev.continuo.recording;

import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.MessageCheck;
import dev.continuo.config.ProfileException;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveMarkFile;
import io.aeron.archive.ArchiveTool;
import io.aeron.archive.checksum.Checksums;
import io.aeron.archive.client.AeronArchive;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * Reads a recorded run: the messages of all streams in the order of their publication. Used by one thread.
 *
 * <p>What was acknowledged before the recording process died is there; a message that was being written then is not. Messages that are none are counted and left out.
 */
public final class RecordingReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CHECKSUM = "CRC-32";
    private static final int MOST_AT_ONCE = 200;
    private static final int MOST_RECORDINGS = 100_000;
    /** Between the first message of a recording and the archive's note of when it began. */
    private static final long SLACK_MILLIS = 2_000;
    private static final Map<Integer, StreamId> STREAMS = Arrays.stream(StreamId.values()).collect(Collectors.toMap(StreamId::id, Function.identity()));

    private final RecordingFolder folder;
    private final Closeable lock;
    private final Path scratch;
    private final MediaDriver driver;
    private final Archive archive;
    private final AeronArchive client;
    private long malformed;

    private RecordingReader(final RecordingFolder folder, final Closeable lock, final Path scratch) {
        this.folder = folder;
        this.lock = lock;
        this.scratch = scratch;
        final Path directory = scratch.resolve("driver");
        driver = MediaDriver.launch(new MediaDriver.Context().aeronDirectoryName(directory.toString()).dirDeleteOnStart(true).dirDeleteOnShutdown(true)
            .threadingMode(ThreadingMode.SHARED).sharedIdleStrategy(new BackoffIdleStrategy()).termBufferSparseFile(true).ipcTermBufferLength(1 << 16));
        final AeronArchive.Context toArchive = ArchiveSettings.client(directory, PATIENCE);
        Archive launched = null;
        try {
            launched = Archive.launch(ArchiveSettings.archive(folder.archive(), scratch, toArchive)
                .idleStrategySupplier(BackoffIdleStrategy::new).maxConcurrentReplays(MOST_AT_ONCE).replayChecksum(Checksums.crc32()));
            client = AeronArchive.connect(toArchive);
        } catch (final RuntimeException e) {
            CloseHelper.quietCloseAll(launched, driver);
            IoUtil.delete(scratch.toFile(), true);
            throw new ProfileException(folder.path() + ": its archive cannot be opened: " + e.getMessage(), e);
        }
        archive = launched;
    }

    /**
     * Opens a recording.
     *
     * @throws ProfileException naming the folder, if it is none, is being recorded, or its archive cannot be opened
     */
    public static RecordingReader open(final Path path) {
        final RecordingFolder folder = RecordingFolder.open(path);
        if (!Files.isDirectory(folder.archive())) {
            throw new ProfileException(folder.path() + " holds no archive: its recording ended before it began");
        }
        final Closeable lock = folder.lock();
        try {
            mend(folder);
            return new RecordingReader(folder, lock, Files.createTempDirectory("continuo-recording-"));
        } catch (final IOException e) {
            CloseHelper.close(lock);
            throw new UncheckedIOException("no temporary folder", e);
        } catch (final RuntimeException e) {
            CloseHelper.close(lock);
            throw e;
        }
    }

    /**
     * A process that was killed may have left half a message behind, which was not acknowledged. The catalogue's own checksums are not looked at: this very tool, and an archive that starts, write
     * where a recording stops without renewing them.
     */
    private static void mend(final RecordingFolder folder) {
        SegmentEnd.settle(folder.archive());
        final ByteArrayOutputStream said = new ByteArrayOutputStream();
        final boolean sound = ArchiveTool.verify(new PrintStream(said), folder.archive().toFile(), EnumSet.noneOf(ArchiveTool.VerifyOption.class), CHECKSUM, torn -> true);
        if (!sound) {
            throw new ProfileException(folder.archive() + " is damaged: " + said.toString(StandardCharsets.UTF_8).strip());
        }
    }

    /** What is known about the run. */
    public RecordingFolder folder() {
        return folder;
    }

    /**
     * Reads from the beginning.
     *
     * @param streams only these
     * @param to      takes the messages in the order of their publication, until it has enough
     */
    public void read(final Set<StreamId> streams, final RecordedMessages to) {
        final PriorityQueue<RecordedStream> waiting = new PriorityQueue<>(Comparator.comparingLong((RecordedStream stream) -> stream.startedAtEpochMillis));
        final PriorityQueue<RecordedStream> open = new PriorityQueue<>(Comparator.comparingLong(RecordedStream::publishedAtNanos));
        recordings().stream().filter(stream -> streams.contains(stream.stream) && stream.bytes() > 0).forEach(waiting::add);
        try {
            boolean wanted = true;
            while (wanted && !(waiting.isEmpty() && open.isEmpty())) {
                openThoseThatHaveBegun(waiting, open);
                final RecordedStream first = open.poll();
                if (first != null) {
                    wanted = hand(first, to);
                    keepOrClose(first, open);
                }
            }
        } finally {
            CloseHelper.closeAll(open);
        }
    }

    private void openThoseThatHaveBegun(final PriorityQueue<RecordedStream> waiting, final PriorityQueue<RecordedStream> open) {
        while (!waiting.isEmpty() && (open.isEmpty() || waiting.peek().startedAtEpochMillis - SLACK_MILLIS <= TimeUnit.NANOSECONDS.toMillis(folder.epochNanos(open.peek().publishedAtNanos())))) {
            final RecordedStream stream = waiting.poll();
            stream.open(client);
            keepOrClose(stream, open);
        }
    }

    private static void keepOrClose(final RecordedStream stream, final PriorityQueue<RecordedStream> open) {
        if (stream.next()) {
            open.add(stream);
        } else {
            stream.close();
        }
    }

    private boolean hand(final RecordedStream from, final RecordedMessages to) {
        if (MessageCheck.check(from.message(), 0, from.length(), from.stream.templateId()) != MessageCheck.Verdict.VALID) {
            malformed++;
            return true;
        }
        return to.onMessage(from.stream, from.message(), 0, from.length());
    }

    /** Bytes of all messages, their frames included. */
    public long bytes() {
        return recordings().stream().mapToLong(RecordedStream::bytes).sum();
    }

    /** Messages that were none, so far. */
    public long malformed() {
        return malformed;
    }

    private List<RecordedStream> recordings() {
        final List<RecordedStream> recordings = new ArrayList<>();
        client.listRecordings(0, MOST_RECORDINGS, (control, correlation, id, startMillis, stopMillis, startPosition, stopPosition, term, segment, termLength, mtu, session, stream,
            stripped, channel, source) -> {
            if (STREAMS.containsKey(stream)) {
                recordings.add(new RecordedStream(STREAMS.get(stream), id, startMillis, startPosition, stopPosition));
            }
        });
        return recordings;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(client, archive, driver, lock);
        IoUtil.delete(scratch.toFile(), true);
        IoUtil.deleteIfExists(folder.archive().resolve(ArchiveMarkFile.LINK_FILENAME).toFile());
    }
}
