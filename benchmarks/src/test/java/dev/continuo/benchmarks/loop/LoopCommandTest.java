package dev.continuo.benchmarks.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.continuo.benchmarks.CommandRun;
import dev.continuo.hardware.linux.RealTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoopCommandTest {
    @TempDir
    private Path folder;

    /** Under SCHED_FIFO where that is permitted, so that a busy machine does not make the arms fail. */
    @Test
    void bothArmsPlayWhileTheirLoopsAreMeasured() throws IOException {
        final Path json = folder.resolve("loop.json");
        final CommandRun run = CommandRun.of("bench", "loop", "--seconds", "0.3", "--warm-up", "0.1", "--scheduling", realTime() ? "fifo" : "ordinary",
            "--json", json.toString());
        final JsonNode report = run.report(json);
        assertEquals(1, report.get("loops").size());
        final JsonNode loop = report.get("loops").get(0);
        assertEquals(500, loop.get("rateHz").asInt());
        assertEquals(realTime(), loop.get("realTime").asBoolean());
        final long ticks = loop.get("ticks").asLong();
        assertTrue(ticks > 100, loop::toString);
        assertTrue(loop.get("missed").asLong() <= ticks, loop::toString);
        assertTrue(loop.get("allocatedBytesPerTick").asDouble() >= 0, loop::toString);
        assertTrue(loop.get("lateness").get("count").asLong() > 100, loop::toString);
        assertTrue(loop.get("stateToCommand").get("count").asLong() > 0, loop::toString);
        assertTrue(loop.get("commands").get("sent").asLong() > 100, loop::toString);
        assertTrue(run.out().contains("bytes/tick"), run.out());
    }

    private static boolean realTime() {
        final CompletableFuture<Boolean> granted = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> granted.complete(RealTime.fifo(1).granted()));
        return granted.join();
    }
}
