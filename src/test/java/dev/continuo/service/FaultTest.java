package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults while the real service plays, by {@code ./continuo bench faults}: some of each kind, for all take ten minutes. Bounds are loose, for the machine is shared with the rest of the build; the
 * figures are printed.
 */
class FaultTest {
    private static final int SECONDS = 280;
    private static final String FAULTS = "camera-gone,camera-garbage,bus-silent,bus-garbage,policy-nan,brain-killed";
    private static final long LONGEST_REST_MILLIS = 4_000;
    private static final long LONGEST_RECOVERY_MILLIS = 60_000;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void theArmsRestUnderEachFaultAndPlayOnAfterIt() throws Exception {
        final Path json = folder.resolve("faults.json");
        try (LaunchedService bench = LaunchedService.start(folder, "bench", "faults", "--faults", FAULTS, "--json", json.toString())) {
            final int status = bench.exitStatus(SECONDS);
            System.out.println(bench.output());
            assertEquals(0, status, bench.output());
        }
        final JsonNode faults = LaunchedService.report(json).path("faults");
        assertEquals(FAULTS.split(",").length, faults.size());
        for (final JsonNode fault : faults) {
            final String name = fault.path("name").asText();
            assertTrue(fault.path("inside").asBoolean(), name + ": " + fault);
            assertTrue(fault.path("restMillis").asLong() < LONGEST_REST_MILLIS, name + ": " + fault);
            assertTrue(fault.path("motionMillis").asLong() < LONGEST_RECOVERY_MILLIS, name + ": " + fault);
            assertTrue(name.equals("bus-garbage") || !fault.path("told").asText().equals("nothing"), name + " is told: " + fault);
        }
    }
}
