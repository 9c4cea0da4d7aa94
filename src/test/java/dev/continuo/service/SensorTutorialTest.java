package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/add-a-sensor.md}, followed word by word, and what happens when its sensor goes away. */
class SensorTutorialTest {
    private static final int PATIENCE_SECONDS = 150;
    private static final int MOST_JAVA_LINES = 60;
    private static final int MOST_CONFIGURATION_LINES = 6;

    @TempDir
    private Path folder;

    /** What stands between fences in the page. */
    private static List<String> block(final String fence) throws IOException {
        return Files.readAllLines(LaunchedService.HOME.resolve("docs/add-a-sensor.md")).stream().dropWhile(line -> !line.equals(fence)).skip(1).takeWhile(line -> !line.equals("```")).toList();
    }

    private void call(final String... command) throws Exception {
        final ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment());
        final Process process = builder.start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    private Map<String, String> environment() {
        return Map.of("CONTINUO_NO_BUILD", "1", "CONTINUO_PLUGINS", folder.resolve("plugins").toString());
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void theSensorIsBuiltRunSupervisedAndCounted() throws Exception {
        call(LaunchedService.HOME.resolve("continuo").toString(), "new", "sensor", "computer-load");
        final Path sensor = folder.resolve("computer-load");
        call(sensor.resolve("build.sh").toString());
        final List<String> java = block("```java");
        final List<String> configuration = block("```conf");
        assertTrue(java.size() <= MOST_JAVA_LINES, java.size() + " lines of Java");
        assertEquals(configuration, Files.readAllLines(sensor.resolve("computer-load.conf")));
        assertTrue(configuration.size() <= MOST_CONFIGURATION_LINES, configuration.toString());
        Files.write(sensor.resolve("ComputerLoad.java"), java);
        call(sensor.resolve("build.sh").toString());

        final Path load = Files.writeString(folder.resolve("loadavg"), "0.20 0.18 0.12 1/80 11206\n");
        final Path json = folder.resolve("run.json");
        try (LaunchedService service = LaunchedService.start(folder, environment(), "run", "--profile", profile(configuration, load).toString(), "--json", json.toString())) {
            service.awaitOutput("playing", PATIENCE_SECONDS);
            TimeUnit.SECONDS.sleep(3);
            Files.delete(load);
            service.awaitOutput("sensor-computer-load is not connected", PATIENCE_SECONDS);
            Files.writeString(load, "0.20 0.18 0.12 1/80 11206\n");
            service.awaitOutput("sensor-computer-load is well again", PATIENCE_SECONDS);
            service.interrupt();
            service.exitStatus(PATIENCE_SECONDS);
        }
        final JsonNode report = LaunchedService.report(json);
        assertTrue(report.at("/counts/sensor-computer-load/received").asLong() > 20, report.at("/counts").toString());
        assertEquals(1, report.at("/counts/sensor-computer-load/reconnects").asLong(), report.at("/counts").toString());
        for (final String actor : new String[] {"sensor-computer-load", "brain"}) {
            assertEquals(0, report.at("/restarts/" + actor).asLong(-1), report.at("/restarts").toString());
        }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void aKindThatNobodyBringsIsTold() throws Exception {
        try (LaunchedService service = LaunchedService.start(folder, "run", "--profile", profile(block("```conf"), folder).toString())) {
            assertEquals(2, service.exitStatus(PATIENCE_SECONDS), service.output());
            assertTrue(service.output().contains("continuo: sensor computer-load: no kind computer-load; there are none"), service.output());
        }
    }

    /** The page's profile, away from whatever runs beside the build. */
    private Path profile(final List<String> configuration, final Path load) throws IOException {
        return Files.writeString(folder.resolve("own.conf"), String.join("\n", configuration).replace("rate-hz", "settings { file = \"" + load + "\" }, rate-hz") + """

            bus.directory = /dev/shm/continuo-sensor-%d
            cluster { control-port = 26020, brain-port = 26021, cell-port = 26022 }
            definitions { camera-port = 8691, left-transport.path = "%2$s/left.sock", right-transport.path = "%2$s/right.sock" }
            """.formatted(ProcessHandle.current().pid(), folder));
    }
}
