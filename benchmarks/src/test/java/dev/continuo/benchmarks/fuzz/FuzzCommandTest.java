package dev.continuo.benchmarks.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.benchmarks.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FuzzCommandTest {
    private static final String STATE = "continuo.state";

    @TempDir
    private Path folder;
    private String state;

    @BeforeEach
    void keepRunsHere() {
        state = System.setProperty(STATE, folder.toString());
    }

    @AfterEach
    void keepThemWhereTheyWere() {
        if (state == null) {
            System.clearProperty(STATE);
        } else {
            System.setProperty(STATE, state);
        }
    }

    @Test
    void aPlantedBugIsFoundAndItsInputFedAgain() throws IOException {
        final CommandRun run = CommandRun.of("bench", "fuzz", "canary", "--seconds", "120");
        assertEquals(1, run.status(), run.out() + run.err());
        assertTrue(run.out().contains("the planted bug"), run.out());
        final Path input;
        try (Stream<Path> found = Files.list(folder.resolve("runs/fuzz/found/canary"))) {
            input = found.filter(file -> file.getFileName().toString().startsWith("crash-")).findFirst().orElseThrow();
        }
        final CommandRun again = CommandRun.of("bench", "fuzz", "canary", "--input", input.toString());
        assertEquals(1, again.status());
        assertTrue(again.err().contains("the planted bug"), again.err());
    }

    @Test
    void aTargetThatIsSoundIsCountedResumedAndItsCorpusKept() throws IOException {
        final Path json = folder.resolve("fuzz.json");
        final Path kept = folder.resolve("kept");
        final CommandRun first = CommandRun.of("bench", "fuzz", "hand-request", "--seconds", "3", "--json", json.toString());
        assertEquals(0, first.status(), first.out() + first.err());
        final long executions = target(json).get("executions").asLong();
        assertTrue(executions > 1000, first.out());
        assertTrue(target(json).get("coverage").asInt() > 20, first.out());
        final CommandRun second =
            CommandRun.of("bench", "fuzz", "hand-request", "--seconds", "3", "--json", json.toString(), "--resume", "--keep-corpus", kept.toString());
        assertEquals(0, second.status(), second.out() + second.err());
        assertTrue(target(json).get("executions").asLong() > executions, second.out());
        try (ZipFile corpus = new ZipFile(kept.resolve("hand-request.zip").toFile())) {
            assertTrue(corpus.size() > 3, () -> corpus.size() + " inputs");
        }
    }

    private static JsonNode target(final Path json) throws IOException {
        return new ObjectMapper().readTree(json.toFile()).get("targets").get(0);
    }

    @Test
    void whatCannotBeDoneIsOneClearLine() {
        final CommandRun unknown = CommandRun.of("bench", "fuzz", "slcn");
        assertEquals(2, unknown.status());
        assertTrue(unknown.err().contains("fuzz slcn: there is no such target; there are slcan, can-records"), unknown.err());
        final CommandRun many = CommandRun.of("bench", "fuzz", "--input", "x");
        assertEquals(2, many.status());
        assertTrue(many.err().contains("--input x: needs the name of one target"), many.err());
        assertTrue(CommandRun.of("bench", "fuzz", "--resume").err().contains("--resume needs the file of --json"));
    }
}
