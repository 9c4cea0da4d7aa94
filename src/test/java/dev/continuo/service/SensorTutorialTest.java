package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
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

    private Tutorial tutorial;

    @BeforeEach
    void open() {
        tutorial = new Tutorial("add-a-sensor.md", folder);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void theSensorIsBuiltRunSupervisedAndCounted() throws Exception {
        tutorial.continuo("new", "sensor", "computer-load");
        final Path sensor = folder.resolve("computer-load");
        tutorial.call(sensor.resolve("build.sh").toString());
        final List<String> java = tutorial.block("```java");
        final List<String> configuration = tutorial.block("```conf");
        assertTrue(java.size() <= MOST_JAVA_LINES, java.size() + " lines of Java");
        assertEquals(configuration, Files.readAllLines(sensor.resolve("computer-load.conf")));
        assertTrue(configuration.size() <= MOST_CONFIGURATION_LINES, configuration.toString());
        Files.write(sensor.resolve("ComputerLoad.java"), java);
        tutorial.call(sensor.resolve("build.sh").toString());

        final Path load = Files.writeString(folder.resolve("loadavg"), "0.20 0.18 0.12 1/80 11206\n");
        final Path json = folder.resolve("run.json");
        try (LaunchedService service = tutorial.run(profile(configuration, load), "--json", json.toString())) {
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
        try (LaunchedService service = LaunchedService.start(folder, "run", "--profile", profile(tutorial.block("```conf"), folder).toString())) {
            assertEquals(2, service.exitStatus(PATIENCE_SECONDS), service.output());
            assertTrue(service.output().contains("continuo: sensor computer-load: no kind computer-load; there are bota-serial"), service.output());
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
