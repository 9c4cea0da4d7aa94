package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.continuo.benchmarks.faults.MotionWitness;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.simulation.game.CardTask;
import dev.continuo.simulation.game.MathMatchingCell;
import dev.continuo.simulation.game.PlayedGame;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/add-a-policy.md}, followed word by word, and what the arms do when the policy fails. The cell stands in this process, where its joints are watched. */
class PolicyTutorialTest {
    private static final int PATIENCE_SECONDS = 120;
    private static final int MOST_CONFIGURATION_LINES = 2;
    private static final int SERVER_PORT = 4220;
    private static final long LONGEST_HOLD_MILLIS = 5_000;

    @TempDir
    private Path folder;
    private Tutorial tutorial;

    @BeforeEach
    void open() throws Exception {
        tutorial = new Tutorial("add-a-policy.md", folder);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void thePolicyIsBuiltAndMovesTheArmsWithoutAModel() throws Exception {
        tutorial.continuo("new", "policy", "remote");
        final Path policy = folder.resolve("remote");
        tutorial.call(policy.resolve("build.sh").toString());
        try (PlayedGame<CardTask> game = game(); MotionWitness witness = new MotionWitness(game.task().cell(), cell());
             LaunchedService service = tutorial.run(profile(Files.readAllLines(policy.resolve("remote.conf"))))) {
            final long begin = readied(service);
            service.await("the beginning moves a joint as it is", PATIENCE_SECONDS, () -> witness.movingAfterMillis(begin) >= 0);
        }
        build(policy, "", "");
        final List<String> configuration = tutorial.block("```conf");
        assertTrue(configuration.size() <= MOST_CONFIGURATION_LINES, configuration.toString());
        Process server = server();
        final Path json = folder.resolve("run.json");
        try (PlayedGame<CardTask> game = game(); MotionWitness witness = new MotionWitness(game.task().cell(), cell());
             LaunchedService service = tutorial.run(profile(configuration), "--json", json.toString())) {
            final long begin = readied(service);
            service.await("the arms sway", PATIENCE_SECONDS, () -> witness.movingAfterMillis(begin) >= 0);
            server.destroyForcibly().waitFor();
            final long gone = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(LONGEST_HOLD_MILLIS + 500);
            final long still = witness.stillAfterMillis(gone);
            assertTrue(still >= 0 && still < LONGEST_HOLD_MILLIS, "at rest " + still + " ms after the server went");
            server = server();
            final long back = System.nanoTime();
            service.await("the arms sway again", PATIENCE_SECONDS, () -> witness.movingAfterMillis(back) >= 0);
            assertTrue(witness.highestCommandedShareOfLimit() < 1.03, "a joint was sent at " + witness.highestCommandedShareOfLimit() + " of the speed that it is allowed");
            service.interrupt();
            assertEquals(0, service.exitStatus(PATIENCE_SECONDS), service.output());
        } finally {
            server.destroyForcibly().waitFor();
        }
        final JsonNode report = LaunchedService.report(json);
        assertEquals(0, report.at("/restarts/action").asInt(-1), "a server that goes away is no failure: " + report.at("/restarts"));
        assertEquals(0, report.at("/restarts/brain").asInt(-1), report.at("/restarts").toString());
        assertTrue(report.at("/restarts/reasoning").isMissingNode(), "nobody reasons: " + report.at("/restarts"));
        assertEquals(0, report.at("/latency/reasoning-age/count").asLong(), report.at("/latency").toString());
        assertTrue(report.at("/latency/observation-age/count").asLong() > 100, report.at("/latency").toString());
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void theArmsHoldWhileAPolicyThrowsOrHangs() throws Exception {
        tutorial.continuo("new", "policy", "remote");
        final Path broken = folder.resolve("broken");
        final Path hanging = folder.resolve("hanging");
        build(folder.resolve("remote"), "                try {\n", """
                            if (java.nio.file.Files.exists(java.nio.file.Path.of("%s"))) {
                                throw new IllegalStateException("the policy is broken");
                            }
                            while (java.nio.file.Files.exists(java.nio.file.Path.of("%s"))) {
                                Thread.onSpinWait();
                            }
                            try {
            """.formatted(broken, hanging));
        final Process server = server();
        final Path json = folder.resolve("run.json");
        try (PlayedGame<CardTask> game = game(); MotionWitness witness = new MotionWitness(game.task().cell(), cell());
             LaunchedService service = tutorial.runInProcesses(profile(tutorial.block("```conf")), "--json", json.toString())) {
            final long begin = readied(service);
            service.await("the arms sway", PATIENCE_SECONDS, () -> witness.movingAfterMillis(begin) >= 0);
            for (final Path fault : List.of(broken, hanging)) {
                final long failed = System.nanoTime();
                Files.createFile(fault);
                TimeUnit.MILLISECONDS.sleep(LONGEST_HOLD_MILLIS + 500);
                final long still = witness.stillAfterMillis(failed);
                assertTrue(still >= 0 && still < LONGEST_HOLD_MILLIS, fault + ": at rest after " + still + " ms");
                if (fault.equals(hanging)) {
                    service.awaitOutput("brain is being restarted", PATIENCE_SECONDS);
                }
                Files.delete(fault);
                final long mended = System.nanoTime();
                service.await("the arms sway after: " + fault, PATIENCE_SECONDS, () -> witness.movingAfterMillis(mended) >= 0);
            }
            service.interrupt();
            assertEquals(0, service.exitStatus(PATIENCE_SECONDS), service.output());
        } finally {
            server.destroyForcibly().waitFor();
        }
        final JsonNode report = LaunchedService.report(json);
        assertTrue(report.at("/restarts/action").asInt() + report.at("/restarts/brain").asInt() >= 2, report.at("/restarts").toString());
        assertTrue(report.at("/events").toString().contains("action hangs"), report.at("/events").toString());
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void whatCannotBeIsTold() throws Exception {
        final List<String> configuration = tutorial.block("```conf");
        for (final String verb : List.of("run", "config")) {
            assertRefused(verb, configuration, "continuo: no policy remote; there are model");
        }
        tutorial.continuo("new", "policy", "remote");
        build(folder.resolve("remote"), "", "");
        try (PlayedGame<CardTask> game = game()) {
            assertRefused("run", configuration.stream().map(line -> line.replace("patience-seconds", "patience")).toList(), "continuo: policy remote: missing key settings.patience-seconds");
            assertEquals("math-matching", game.task().name());
        }
    }

    private void assertRefused(final String verb, final List<String> configuration, final String why) throws Exception {
        final Path profile = profile(configuration);
        try (LaunchedService service = LaunchedService.start(folder, tutorial.environment(), verb, "--profile", profile.toString())) {
            assertEquals(2, service.exitStatus(PATIENCE_SECONDS), service.output());
            assertTrue(service.output().contains(why), service.output());
        }
    }

    /** The page's policy with something in place of something. */
    private void build(final Path policy, final String in, final String out) throws Exception {
        final String code = String.join("\n", tutorial.block("```java")) + "\n";
        assertTrue(code.contains(in), in);
        Files.writeString(policy.resolve("Remote.java"), in.isEmpty() ? code : code.replace(in, out));
        tutorial.call(policy.resolve("build.sh").toString());
    }

    private Process server() throws Exception {
        final Path code = Files.write(folder.resolve("Server.java"), tutorial.block("```java server"));
        final Path said = folder.resolve("server.txt");
        final Process server = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), code.toString(), Integer.toString(SERVER_PORT))
            .redirectErrorStream(true).redirectOutput(said.toFile()).start();
        while (!answers()) {
            assertTrue(server.isAlive(), () -> {
                try {
                    return Files.readString(said);
                } catch (final IOException e) {
                    return e.toString();
                }
            });
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return server;
    }

    private static boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", SERVER_PORT));
            return true;
        } catch (final IOException notYet) {
            return false;
        }
    }

    /** Waits for the arms to be in their ready poses and to play; the time then. */
    private static long readied(final LaunchedService service) throws Exception {
        service.awaitOutput("playing", PATIENCE_SECONDS);
        TimeUnit.SECONDS.sleep(1);
        return System.nanoTime();
    }

    private PlayedGame<CardTask> game() throws IOException {
        final PlayedGame<CardTask> game = new MathMatchingCell().start(cell(), event -> { });
        game.nextTrial();
        return game;
    }

    private Profile cell() throws IOException {
        return ProfileReader.read(profile(List.of("extends = arx-sim")).toString());
    }

    /** The page's profile, away from whatever runs beside the build, with the cell in this process. */
    private Path profile(final List<String> configuration) throws IOException {
        return Files.writeString(folder.resolve("own.conf"), String.join("\n", configuration) + """

            bus.directory = /dev/shm/continuo-policy-%d
            cluster { control-port = 26520, brain-port = 26521, cell-port = 26522 }
            cell { enabled = false, trial-timeout = 600 s }
            definitions { camera-port = 8696, left-transport.path = "%2$s/left.sock", right-transport.path = "%2$s/right.sock" }
            """.formatted(ProcessHandle.current().pid(), folder));
    }
}
