package dev.continuo.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.recording.export.LeRobotExport;
import dev.continuo.recording.export.McapExport;
import dev.continuo.recording.lerobot.LeRobotReader;
import dev.continuo.recording.mcap.McapReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments while a process records: what it was told to be kept is there, the recording opens, and it can be exported.
 *
 * <p>{@code -Dcontinuo.kills=200} for more of them than a build has time for.
 */
class KilledRecorderTest {
    private static final int KILLS = Integer.getInteger("continuo.kills", 4);
    private static final long SEED = 5;
    private static final int PATIENCE_SECONDS = 60;
    private static final int LATEST_MILLIS = 2_000;
    /** One in so many is killed while it starts, the others while they record. */
    private static final int STARTING = 4;
    /** After so few pictures nothing else need have been recorded. */
    private static final int BRIEF = 100;
    private static final int FPS = 15;

    @TempDir
    private Path temporary;

    @Test
    @Timeout(value = 90, unit = TimeUnit.MINUTES)
    void whatWasAcknowledgedIsThere() throws Exception {
        final SplittableRandom random = new SplittableRandom(SEED);
        long acknowledged = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            final int afterMillis = random.nextInt(LATEST_MILLIS);
            final long last = killed(kill, kill % STARTING == 0, afterMillis);
            acknowledged += last;
            System.out.println("kill " + kill + " after " + afterMillis + " ms: " + last + " acknowledged, " + acknowledged + " so far");
        }
        assertTrue(acknowledged > 0, "nothing was ever acknowledged");
    }

    /** The last message that was acknowledged; 0 if none was. */
    private long killed(final int kill, final boolean starting, final int afterMillis) throws IOException, InterruptedException {
        final Path bus = temporary.resolve("bus-" + kill);
        final Path folder = temporary.resolve("recordings/" + kill);
        final Process process = start(bus, folder);
        final long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!starting && Files.size(ledger(folder)) == 0) {
            assertTrue(System.nanoTime() - untilNanos < 0, "nothing was acknowledged for " + PATIENCE_SECONDS + " s");
            assertTrue(!process.waitFor(1, TimeUnit.MILLISECONDS), "the recorder ended by itself");
        }
        assertTrue(!process.waitFor(afterMillis, TimeUnit.MILLISECONDS), "the recorder ended by itself");
        process.destroyForcibly().waitFor();
        final List<Long> acknowledged = numbers(folder);
        if (!acknowledged.isEmpty()) {
            final List<Long> read = Published.framesIn(folder);
            assertEquals(acknowledged, read.subList(0, Math.min(acknowledged.size(), read.size())), "kill " + kill + " after " + afterMillis + " ms");
            assertEquals(read, Published.framesIn(folder), "reading changes nothing");
            exported(folder, read);
            IoUtil.delete(folder.toFile(), false);
        } else if (Files.isDirectory(folder.resolve("archive")) && Files.exists(folder.resolve("archive/archive.catalog"))) {
            Published.framesIn(folder);
        }
        IoUtil.delete(bus.toFile(), true);
        return acknowledged.isEmpty() ? 0 : acknowledged.getLast();
    }

    private void exported(final Path folder, final List<Long> frames) throws IOException {
        final Path mcap = temporary.resolve("run.mcap");
        final Path dataset = temporary.resolve("dataset");
        try (RecordingReader reader = RecordingReader.open(folder)) {
            McapExport.write(reader, Optional.empty(), mcap, atNanos -> { });
            assertEquals(frames, new McapReader(mcap).sequences("/camera/top"));
            final List<Episode> episodes = Episodes.of(reader);
            if (frames.size() > BRIEF) {
                LeRobotExport.write(reader, episodes, dataset, FPS, atNanos -> { });
                final LeRobotReader exported = new LeRobotReader(dataset);
                assertEquals(1, exported.episodes().size());
                assertEquals(episodes.getFirst().seconds() * FPS, exported.episodes().getFirst().length(), 2);
            }
        }
        Files.delete(mcap);
        IoUtil.delete(dataset.toFile(), true);
    }

    private static Process start(final Path bus, final Path folder) throws IOException {
        final List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(argument -> argument.startsWith("--")).forEach(command::add);
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), DoomedRecorder.class.getName(), bus.toString(), folder.toString()));
        return new ProcessBuilder(command).redirectError(Redirect.DISCARD).redirectOutput(ledger(folder).toFile()).start();
    }

    private static Path ledger(final Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        return folder.resolveSibling(folder.getFileName() + ".acknowledged");
    }

    private static List<Long> numbers(final Path folder) throws IOException {
        final String text = Files.readString(ledger(folder));
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Long::valueOf).toList();
    }
}
