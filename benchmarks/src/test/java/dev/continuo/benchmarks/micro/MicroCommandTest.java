package dev.continuo.benchmarks.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.continuo.benchmarks.CommandRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MicroCommandTest {
    @TempDir
    private Path folder;

    @Test
    void everyPartOfAControlCycleHasATime() throws IOException {
        final Path json = folder.resolve("micro.json");
        final JsonNode report =
            CommandRun.of("bench", "micro", "--forks", "0", "--seconds", "0.02", "--json", json.toString()).report(json);
        final Set<String> names = new HashSet<>();
        for (final JsonNode score : report.get("benchmarks")) {
            names.add(score.get("name").asText());
            assertTrue(score.get("nanos").asDouble() > 0, score::toString);
        }
        assertEquals(Set.of("playbackSample", "envelopeEnforce", "gravityTorques", "damiaoPack", "damiaoUnpack"), names);
    }
}
