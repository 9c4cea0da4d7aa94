package dev.continuo.recording;

import dev.continuo.actors.bus.StreamId;
import dev.continuo.config.BusProfile;
import dev.continuo.config.RecordingProfile;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import io.aeron.archive.Archive;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.codecs.SourceLocation;
import io.aeron.archive.status.RecordingPos;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.status.CountersReader;

/**
 * Keeps the messages of a bus as they are, by an Aeron Archive in this process. Used by one thread.
 *
 * <p>A message is <em>acknowledged</em> once the archive's counter has passed it: from then on it survives the death of this process and, where the profile asks for it, the loss of power. Each
 * publisher of a stream becomes a recording of its own. The archive's thread sleeps between its rounds; where the disk is slower than the stages, the bus leaves the archive behind as it does with
 * any subscriber, and the stages go on.
 */
public final class BusRecorder implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SMALLEST_SEGMENT_BYTES = 16 * 1024 * 1024;
    private static final long IDLE_MILLIS = 1;
    private static final int SYNC_DATA = 1;
    private static final String CATALOG = "archive.catalog";
    private static final long SILENCE_MILLIS = 10_000;

    private final Archive archive;
    private final AeronArchive client;
    private final CountersReader counters;
    private final String channel;
    private final SourceLocation location;
    private final Long2LongHashMap positions = new Long2LongHashMap(Long.MIN_VALUE);
    private final List<Long> subscriptions = new ArrayList<>();

    private BusRecorder(final Archive archive, final AeronArchive client, final BusProfile bus) {
        this.archive = archive;
        this.client = client;
        counters = client.context().aeron().countersReader();
        channel = new ChannelUriStringBuilder(bus.channel()).tether(false).rejoin(true).build();
        location = bus.channel().startsWith(CommonContext.IPC_CHANNEL) ? SourceLocation.LOCAL : SourceLocation.REMOTE;
    }

    /**
     * Opens an archive that records nothing yet. The bus's media driver must run.
     *
     * @param folder where the archive's files go; made if it is not there
     * @param errors told of failures, on the archive's thread
     */
    public static BusRecorder open(final BusProfile bus, final RecordingProfile.Survives survives, final Path folder, final ErrorHandler errors) {
        final int syncLevel = survives == RecordingProfile.Survives.POWER ? SYNC_DATA : 0;
        final AeronArchive.Context toArchive = ArchiveSettings.client(bus.directory(), PATIENCE);
        // A file that is mapped on a full disk takes the thread down that writes to it: the mark file lives with the bus.
        final Archive archive = Archive.launch(ArchiveSettings.archive(folder, bus.directory(), toArchive)
            .idleStrategySupplier(() -> new SleepingMillisIdleStrategy(IDLE_MILLIS))
            .segmentFileLength(Math.max(SMALLEST_SEGMENT_BYTES, bus.termLengthBytes()))
            .fileSyncLevel(syncLevel).catalogFileSyncLevel(syncLevel)
            .errorHandler(errors));
        try {
            allocate(folder.resolve(CATALOG));
            return new BusRecorder(archive, AeronArchive.connect(toArchive), bus);
        } catch (final RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /** Gives the file its room on the disk now, for it is mapped too. Nothing is recorded yet, so nobody else writes to it. */
    private static void allocate(final Path catalog) {
        try {
            final byte[] content = Files.readAllBytes(catalog);
            try (FileChannel file = FileChannel.open(catalog, StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap(content), 0);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(catalog + ": " + e.getMessage(), e);
        }
    }

    /** Begins to record all publishers of the streams, present and future. */
    public void start(final List<StreamId> streams) {
        for (final StreamId stream : streams) {
            subscriptions.add(client.startRecording(channel, stream.id(), location, false));
        }
    }

    /** Ends all recordings; what was acknowledged stays. */
    public void stop() {
        subscriptions.forEach(client::tryStopRecording);
        subscriptions.clear();
    }

    /** Whether the archive's thread still works. */
    public boolean isAlive() {
        return System.currentTimeMillis() - archive.context().archiveMarkFile().activityTimestampVolatile() < SILENCE_MILLIS;
    }

    /** Bytes acknowledged since the start, of all recordings. */
    public long acknowledgedBytes() {
        counters.forEach((counter, type, key, label) -> {
            if (type == RecordingPos.RECORDING_POSITION_TYPE_ID) {
                positions.put(RecordingPos.getRecordingId(counters, counter), counters.getCounterValue(counter));
            }
        });
        long bytes = 0;
        for (final Long2LongHashMap.ValueIterator position = positions.values().iterator(); position.hasNext(); ) {
            bytes += position.nextValue();
        }
        return bytes;
    }

    /** Recordings so far, ended ones among them. */
    public int recordings() {
        return positions.size();
    }

    @Override
    public void close() {
        CloseHelper.closeAll(client, archive);
    }
}
