package dev.continuo.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.recording.export.McapExport;
import dev.continuo.recording.mcap.McapReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a recording stands in the file that it is exported to. */
class McapExportTest {
    private static final long MILLI = 1_000_000L;

    @TempDir
    private Path temporary;

    @Test
    void messagesStandOnTheirTopicsWithTheTimeTheyWerePublishedAt() throws IOException {
        final Path file = temporary.resolve("run.mcap");
        try (RecordedRun run = new RecordedRun(temporary)) {
            run.begin();
            final long zero;
            try (BusPublication frames = run.publication(StreamId.CAMERA_FRAME); BusPublication instructions = run.publication(StreamId.INSTRUCTION)) {
                zero = System.nanoTime();
                run.send(frames, run.published.frame(4, zero + MILLI));
                run.send(instructions, run.published.instruction(5, zero, zero + 2 * MILLI, "4+8"));
                run.send(frames, run.published.frame(6, zero + 3 * MILLI));
                run.awaitAcknowledged(2L * 3 * Published.WIDTH * Published.HEIGHT);
            }
            run.end();
            try (RecordingReader reader = RecordingReader.open(run.folder.path())) {
                McapExport.write(reader, Optional.empty(), file, atNanos -> { });
            }
            final List<McapReader.Message> messages = new McapReader(file).messages();
            assertEquals(List.of(4L, 5L, 6L), messages.stream().map(McapReader.Message::sequence).toList());
            for (int i = 0; i < messages.size(); i++) {
                assertEquals(run.folder.epochNanos(zero + (i + 1) * MILLI), messages.get(i).logTime());
            }
            assertEquals(messages.get(0).channel(), messages.get(2).channel());
            assertNotEquals(messages.get(0).channel(), messages.get(1).channel());
            assertEquals("\0\1\0\0\4\0\0\0" + "4+8\0", new String(messages.get(1).data(), StandardCharsets.US_ASCII));
        }
    }
}
