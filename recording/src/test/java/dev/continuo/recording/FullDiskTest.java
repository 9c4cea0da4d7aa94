package dev.continuo.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.continuo.actors.bus.AeronBus;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.BusSubscription;
import dev.continuo.actors.bus.Delivery;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.MessageStamp;
import dev.continuo.config.BusProfile;
import dev.continuo.config.RecordingProfile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that is really full: a small file system in memory, where this may be mounted. */
class FullDiskTest {
    private static final int MESSAGES = 5_000;

    @TempDir
    private Path temporary;
    private Path disk;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        final Path point = Files.createDirectory(temporary.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", point.toString()), "may not mount");
        disk = point;
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (disk != null) {
            run("umount", disk.toString());
        }
    }

    private static boolean run(final String... command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }

    /** With and without the margin that is to be kept. */
    @ParameterizedTest
    @ValueSource(longs = {0, 4 << 20})
    void stopsTheRecordingAndTellsAndNobodyWaits(final long keepFreeBytes) throws Exception {
        final BusProfile profile = new BusProfile(temporary.resolve("bus"), "aeron:ipc", 1 << 20);
        final RecordingFolder folder = RecordedRun.folder(disk.resolve("recordings/run"));
        final RecordingProfile recording = new RecordingProfile(true, disk, keepFreeBytes, RecordingProfile.Survives.PROCESS);
        final Published published = new Published();
        String lack = "";
        long longestNanos = 0;
        try (AeronBus bus = AeronBus.launch(profile, error -> { }); BusPublication frames = bus.publication(StreamId.CAMERA_FRAME); BusSubscription listener = bus.subscription(StreamId.CAMERA_FRAME)) {
            final File store = disk.toFile();
            final RecorderAgent recorder = new RecorderAgent(profile, recording, folder, store::getUsableSpace, SystemNanoClock.INSTANCE);
            while (!listener.isConnected() || !frames.isConnected()) {
                Thread.onSpinWait();
            }
            for (int sequence = 1; sequence <= MESSAGES; sequence++) {
                final int length = published.frame(sequence, System.nanoTime());
                final long beganAtNanos = System.nanoTime();
                while (frames.offer(published.buffer, 0, length) != Delivery.SENT) {
                    listener.poll((buffer, offset, bytes) -> { }, Integer.MAX_VALUE);
                }
                longestNanos = Math.max(longestNanos, System.nanoTime() - beganAtNanos);
                listener.poll((buffer, offset, bytes) -> { }, Integer.MAX_VALUE);
                if (sequence % 50 == 0) {
                    recorder.doWork();
                    lack = recorder.lack().isEmpty() ? lack : recorder.lack();
                    TimeUnit.MILLISECONDS.sleep(1);
                }
            }
            recorder.onClose();
        }
        assertTrue(lack.startsWith("records nothing: "), lack);
        assertTrue(longestNanos < TimeUnit.SECONDS.toNanos(2), "a publisher waited " + longestNanos + " ns");
        final List<Long> read = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(folder.path())) {
            reader.read(EnumSet.of(StreamId.CAMERA_FRAME), (stream, buffer, offset, length) -> read.add(MessageStamp.sequence(buffer, offset)));
        }
        assertFalse(read.isEmpty());
        assertEquals(LongStream.rangeClosed(read.getFirst(), read.getFirst() + read.size() - 1).boxed().toList(), read);
        assertTrue(read.size() < MESSAGES);
    }
}
