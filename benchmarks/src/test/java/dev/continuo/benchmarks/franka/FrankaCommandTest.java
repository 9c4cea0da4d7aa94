package dev.continuo.benchmarks.franka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.continuo.benchmarks.CommandRun;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FrankaCommandTest {
    @TempDir
    private Path folder;

    @Test
    void theRobotMovesWhileItsLoopIsMeasured() throws IOException {
        final Path json = folder.resolve("franka.json");
        final CommandRun run = CommandRun.of(
            "bench", "franka", "--seconds", "1", "--warm-up", "0.2", "--rounds", "1", "--load", "0", "--cc", "none", "--json", json.toString());
        final JsonNode report = run.report(json);
        assertEquals(1, report.get("clients").size());
        final JsonNode ours = report.get("clients").get(0);
        assertEquals(1000, ours.get("cycles").asLong());
        assertEquals(1000, ours.get("stateToCommand").get("count").asLong());
        assertTrue(ours.get("successRate").asDouble() > 0.3, ours::toString);
        assertTrue(ours.get("allocatedBytes").asLong() >= 0, ours::toString);
        assertTrue(run.out().contains("bytes/cycle"), run.out());
    }

    @Test
    void badUsageIsToldInOneLine() {
        final CommandRun none = CommandRun.of("bench", "franka", "--rounds", "0");
        assertEquals(2, none.status());
        assertTrue(none.err().contains("--rounds 0: must be between 1 and 256"), none.err());
        final CommandRun compiler = CommandRun.of("bench", "franka", "--seconds", "1", "--load", "0", "--cc", "/no/such/cc");
        assertEquals(1, compiler.status());
        assertTrue(compiler.err().contains("--cc /no/such/cc"), compiler.err());
    }
}
