package dev.continuo.benchmarks.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.continuo.benchmarks.CommandRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BusCommandTest {
    @TempDir
    private Path folder;

    @Test
    void allTransportsEchoBothSizesBetweenProcesses() throws IOException {
        final Path json = folder.resolve("bus.json");
        final CommandRun run = CommandRun.of("bench", "bus", "--bytes", "64,230400", "--seconds", "0.02", "--warm-up", "0.01",
            "--rounds", "1", "--json", json.toString());
        final JsonNode report = run.report(json);
        final List<String> rows = new ArrayList<>();
        for (final JsonNode trips : report.get("roundTrips")) {
            rows.add(trips.get("transport").asText() + " " + trips.get("bytes").asInt());
            final JsonNode latency = trips.get("latency");
            assertTrue(latency.get("count").asLong() > 0, trips::toString);
            assertTrue(0 < latency.get("p50").asLong() && latency.get("p50").asLong() <= latency.get("p90").asLong()
                && latency.get("p99").asLong() <= latency.get("p999").asLong()
                && latency.get("p999").asLong() <= latency.get("max").asLong(), trips::toString);
            assertTrue(trips.get("p50Ratio").asDouble() > 0 && trips.get("p99Ratio").asDouble() > 0, trips::toString);
        }
        assertEquals(List.of("aeron-ipc 64", "tcp 64", "tcp-polled 64", "zeromq 64",
            "aeron-ipc 230400", "tcp 230400", "tcp-polled 230400", "zeromq 230400"), rows);
        assertEquals(1, report.get("roundTrips").get(0).get("p50Ratio").asDouble());
        assertTrue(run.out().contains("zeromq"), run.out());
    }
}
