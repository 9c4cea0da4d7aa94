package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service as a user starts it: the launcher, three processes, the shipped model. Timing is asserted loosely, for the machine is shared
 * with the rest of the build; {@code bench loop} measures it.
 */
class ServiceTest {
    private static final int PATIENCE_SECONDS = 150;
    private static final Pattern ENDED = Pattern.compile("/[1-9][0-9]*\\) ");

    @TempDir
    private Path folder;
    private Path profile;

    @BeforeEach
    void writeProfile() throws IOException {
        // Names and ports of its own: a service that runs beside the build must not be met.
        profile = Files.writeString(folder.resolve("test.conf"), """
            extends = "arx-sim"
            bus.directory = /dev/shm/continuo-test-%d
            cluster { control-port = 25620, brain-port = 25621, cell-port = 25622 }
            cell.trial-timeout = 10 s
            definitions {
              camera-port = 8291
              left-transport.path = "%2$s/left.sock"
              right-transport.path = "%2$s/right.sock"
            }
            """.formatted(ProcessHandle.current().pid(), folder));
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void playsForAWhileAndReports() throws Exception {
        final Path json = folder.resolve("run.json");
        try (LaunchedService service = LaunchedService.start(folder, "run", "--profile", profile.toString(), "--seed", "5", "--json", json.toString())) {
            operateOverHttp(service);
            service.await("a trial ends", PATIENCE_SECONDS, () -> ENDED.matcher(service.output()).find());
            service.interrupt();
            assertEquals(0, service.exitStatus(PATIENCE_SECONDS), service.output());
        }
        final JsonNode report = LaunchedService.report(json);
        for (final String key : List.of("seconds", "trials", "loop", "latency", "commands", "restarts")) {
            assertTrue(report.has(key), "key " + key);
        }
        assertTrue(report.at("/loop/ticks").asLong() > 5_000, report.toString());
        assertTrue(report.at("/loop/missed").asLong() < report.at("/loop/ticks").asLong() / 10, report.at("/loop").toString());
        assertTrue(report.at("/commands/sent").asLong() > 5_000, report.at("/commands").toString());
        assertFalse(report.at("/trials").isEmpty(), "a trial was played");
    }

    private static void operateOverHttp(final LaunchedService service) throws Exception {
        final HttpClient client = HttpClient.newHttpClient();
        final URI address = service.address(PATIENCE_SECONDS);
        awaitPhase("playing", service, client, address);
        final String metrics = get(client, address.resolve("/metrics"));
        for (final String stage : new String[] {"latency=\"loop-lateness\",stage=\"arm-left\"", "latency=\"loop-lateness\",stage=\"arm-right\"", "latency=\"capture-to-publish\",stage=\"streams\""}) {
            assertTrue(metrics.contains("continuo_latency_seconds_count{" + stage + "} "), stage + " in " + metrics);
        }
        post(client, address.resolve("/api/emergency-stop"));
        awaitPhase("stopped", service, client, address);
        post(client, address.resolve("/api/release"));
        awaitPhase("idle", service, client, address);
        post(client, address.resolve("/api/start"));
        awaitPhase("playing", service, client, address);
    }

    private static void awaitPhase(final String phase, final LaunchedService service, final HttpClient client, final URI address) throws Exception {
        service.await("phase " + phase, PATIENCE_SECONDS, () -> get(client, address.resolve("/api/status")).contains("\"phase\":\"" + phase + '"'));
    }

    private static String get(final HttpClient client, final URI uri) {
        return client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).join().body();
    }

    private static void post(final HttpClient client, final URI uri) throws Exception {
        assertEquals(200, client.send(HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString()).statusCode());
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void aKilledBrainComesBackWhileTheArmsHold() throws Exception {
        final Path json = folder.resolve("run.json");
        try (LaunchedService service = LaunchedService.start(folder, "run", "--profile", profile.toString(), "--for", "45s", "--json", json.toString())) {
            final ProcessHandle brain = service.awaitRole("brain", process -> true, PATIENCE_SECONDS);
            TimeUnit.SECONDS.sleep(12);
            brain.destroyForcibly();
            service.awaitRole("brain", process -> process.pid() != brain.pid(), PATIENCE_SECONDS);
            assertEquals(0, service.exitStatus(PATIENCE_SECONDS), service.output());
        }
        final JsonNode report = LaunchedService.report(json);
        assertTrue(report.at("/restarts").toString().contains("brain"), report.at("/restarts").toString());
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void badInputIsOneLineAndStatusTwo() throws Exception {
        assertRefused("unknown key", "run", "--profile", conf("extends = arx-sim\nplayback.rowz = 3\n"));
        assertRefused("must be positive", "run", "--profile", conf("extends = arx-sim\ndefinitions.r5-limits.jerk = [0,1,1,1,1,1,1]\n"));
        assertRefused("model", "run", "--profile", conf("extends = arx-sim\nmodel.directory = " + folder + "\n"));
        assertRefused("no profile", "run", "--profile", "nowhere");
        assertRefused("tty", "run", "--profile", conf("""
            extends = arx-sim
            cell.enabled = false
            definitions.left-transport { kind = slcan, tty = /dev/no-such-adapter, path = null }
            """));
        assertRefused("CAN interface no-such-can", "run", "--profile", conf("""
            extends = arx-sim
            cell.enabled = false
            definitions.left-transport { kind = socketcan, interface = no-such-can, path = null }
            """));
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void anUnreachableCameraIsToldBeforeAnythingIsStarted() throws Exception {
        final String conf = conf("""
            extends = arx-sim
            cell.enabled = false
            definitions.camera-port = 8292
            """);
        final long begin = System.nanoTime();
        assertRefused("camera top at http://127.0.0.1:8292/top", "run", "--profile", conf);
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(20), "within seconds");
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void aJdkThatIsTooOldIsToldWithWhatIsNeeded() throws Exception {
        final Path java = folder.resolve("jdk-17/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, """
            #!/bin/sh
            echo 'openjdk version "17.0.99"' >&2
            echo '    java.specification.version = 17' >&2
            """);
        assertTrue(java.toFile().setExecutable(true));
        final Map<String, String> old = Map.of("PATH", java.getParent() + ":/usr/bin:/bin", "JAVA_HOME", java.getParent().getParent().toString(), "CONTINUO_JDKS", "");
        try (LaunchedService service = LaunchedService.start(folder, old, "doctor")) {
            assertEquals(2, service.exitStatus(30), service.output());
            assertTrue(service.output().startsWith("continuo: needs a JDK 25 or newer; found openjdk version \"17.0.99\""), service.output());
            assertEquals(1, service.output().lines().count(), service.output());
        }
    }

    private void assertRefused(final String expected, final String... arguments) throws Exception {
        try (LaunchedService service = LaunchedService.start(folder, arguments)) {
            assertEquals(2, service.exitStatus(60), service.output());
            final List<String> lines = service.output().lines().filter(line -> line.startsWith("continuo:")).toList();
            assertEquals(1, lines.size(), service.output());
            assertTrue(lines.getFirst().contains(expected), lines.getFirst());
        }
    }

    private String conf(final String text) throws IOException {
        return Files.writeString(folder.resolve("bad.conf"), text).toString();
    }
}
