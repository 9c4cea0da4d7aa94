package dev.continuo.recording;

import io.aeron.CommonContext;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.checksum.Checksums;
import io.aeron.archive.client.AeronArchive;
import java.nio.file.Path;
import java.time.Duration;

/** What the archive that records and the one that is read have in common: one thread, no network, and a checksum for each fragment. */
final class ArchiveSettings {
    /** On the driver's own channel, beside the streams of {@link dev.continuo.actors.bus.StreamId}. */
    private static final int CONTROL_STREAM = 100;
    private static final int ANSWER_STREAM = 101;
    private static final String NOBODY = "aeron:udp?endpoint=127.0.0.1:0";

    private ArchiveSettings() {
    }

    /**
     * Of the one who asks an archive.
     *
     * @param driver   the folder of the media driver
     * @param patience with the archive's answers
     */
    static AeronArchive.Context client(final Path driver, final Duration patience) {
        return new AeronArchive.Context()
            .aeronDirectoryName(driver.toString())
            .controlRequestChannel(CommonContext.IPC_CHANNEL).controlRequestStreamId(CONTROL_STREAM)
            .controlResponseChannel(CommonContext.IPC_CHANNEL).controlResponseStreamId(ANSWER_STREAM)
            .messageTimeoutNs(patience.toNanos());
    }

    /**
     * Of an archive.
     *
     * @param folder of its catalogue and segments
     * @param mark   the folder of its mark file
     * @param client of the one who asks it
     */
    static Archive.Context archive(final Path folder, final Path mark, final AeronArchive.Context client) {
        return new Archive.Context()
            .aeronDirectoryName(client.aeronDirectoryName())
            .archiveDir(folder.toFile())
            .markFileDir(mark.toFile())
            .controlChannelEnabled(false)
            .localControlChannel(CommonContext.IPC_CHANNEL).localControlStreamId(CONTROL_STREAM)
            .recordingEventsEnabled(false)
            .replicationChannel(NOBODY)
            .archiveClientContext(client.clone())
            .threadingMode(ArchiveThreadingMode.SHARED)
            // Without one the last message of a recording that was cut off counts as torn wherever it crosses a page.
            .recordChecksum(Checksums.crc32())
            .lowStorageSpaceThreshold(0);
    }
}
