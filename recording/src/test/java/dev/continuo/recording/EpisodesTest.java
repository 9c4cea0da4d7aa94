package dev.continuo.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.continuo.actors.agent.EventOutput;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the episodes of a recording begin and end. */
class EpisodesTest {
    private static final long MILLI = 1_000_000L;

    @TempDir
    private Path temporary;

    @Test
    void anInstructionBeginsOneAndTheJudgeAnotherInstructionOrTheEndOfTheRecordingEndsIt() {
        final long zero = System.nanoTime();
        try (RecordedRun run = new RecordedRun(temporary)) {
            run.begin();
            try (BusPublication instructions = run.publication(StreamId.INSTRUCTION); EventOutput events = new EventOutput(run.bus)) {
                run.publication(StreamId.EVENT).close();
                give(run, instructions, zero, zero + MILLI, "4+8");
                give(run, instructions, zero, zero + 2 * MILLI, "4+8");
                events.tell(Severity.INFORMATION, "control", "the brain is started again", zero + 3 * MILLI);
                events.tell(Severity.INFORMATION, EventOutput.TRIAL, "success: 12", zero + 4 * MILLI);
                give(run, instructions, zero, zero + 5 * MILLI, "4+8");
                give(run, instructions, zero + 6 * MILLI, zero + 7 * MILLI, "4+8");
                give(run, instructions, zero + 8 * MILLI, zero + 9 * MILLI, "1+1");
                give(run, instructions, zero + 8 * MILLI, zero + 10 * MILLI, "1+1");
                run.awaitAcknowledged(8 * 64);
            }
            run.end();
            try (RecordingReader reader = RecordingReader.open(run.folder.path())) {
                assertEquals(List.of(
                    new Episode(1, "4+8", zero + MILLI, zero + 4 * MILLI, Optional.of("success: 12")),
                    new Episode(2, "4+8", zero + 7 * MILLI, zero + 9 * MILLI, Optional.empty()),
                    new Episode(3, "1+1", zero + 9 * MILLI, zero + 10 * MILLI, Optional.empty())), Episodes.of(reader));
            }
        }
    }

    private static void give(final RecordedRun run, final BusPublication instructions, final long givenAtNanos, final long nowNanos, final String text) {
        run.send(instructions, run.published.instruction(1, givenAtNanos, nowNanos, text));
    }
}
