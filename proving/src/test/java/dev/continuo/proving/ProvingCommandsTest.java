package dev.continuo.proving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.FrankaRobot;
import dev.continuo.proving.run.SimulationReport;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvingCommandsTest {
    private static final long TIMEOUT_NANOS = 5_000_000_000L;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void leaveRunsInTheFolder() {
        System.setProperty("continuo.state", folder.toString());
    }

    @AfterAll
    static void forget() {
        System.clearProperty("continuo.state");
    }

    private static void assertRefused(final String expected, final String... arguments) {
        final StringWriter err = new StringWriter();
        assertEquals(2, ProvingCommands.execute(new PrintWriter(new StringWriter()), new PrintWriter(err), arguments));
        assertTrue(err.toString().contains(expected) && err.toString().lines().count() == 1, err.toString());
    }

    @Test
    void badUsageIsToldInOneLine() throws IOException {
        assertRefused("which verb? There is simulate");
        assertRefused("--hours -1", "simulate", "--hours", "-1");
        assertRefused("--episode 3.0: must be from 10 to 36000 seconds", "simulate", "--episode", "3");
        assertRefused("--threads 0", "simulate", "--threads", "0");
        assertRefused("--canary sparrow: must be none, jump, deaf or blind", "simulate", "--canary", "sparrow");
        assertRefused("--faults plenty: must be none, few, usual, many or a file; there is no such file", "simulate", "--faults", "plenty");
        assertRefused("--resume needs the file of --json", "simulate", "--resume");
        assertRefused("--log: needs the file of a script at --faults", "simulate", "--log", "x");
        final Path script = Files.writeString(folder.resolve("bad.faults"), "1 ms  2 ms  nonsense  -  0\n");
        assertRefused("needs --seed", "simulate", "--faults", script.toString());
        assertRefused(script + ":1: no fault 'nonsense'", "simulate", "--seed", "1", "--faults", script.toString());
        assertRefused("--robot ur5: must be fr3 or panda", "simulate", "franka", "--robot", "ur5");
        assertRefused("--port 70000", "simulate", "franka", "--port", "70000");
        assertRefused("--between-fingers 0.5", "simulate", "franka", "--between-fingers", "0.5");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(Integer.toString(taken.getLocalPort()), "simulate", "franka", "--port", Integer.toString(taken.getLocalPort()));
            assertRefused(Integer.toString(taken.getLocalPort()),
                "simulate", "franka", "--port", "0", "--hand-port", Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void aCampaignIsCountedGoesOnAndEndsWithWhatItFinds() throws IOException {
        final Path json = folder.resolve("campaign.json");
        final StringWriter out = new StringWriter();
        final String[] some = {"simulate", "--hours", "0.02", "--seed", "5", "--episode", "20", "--json", json.toString()};
        assertEquals(0, ProvingCommands.execute(new PrintWriter(out), new PrintWriter(new StringWriter()), some));
        assertTrue(out.toString().contains("no invariant violated, digest "), out.toString());
        final SimulationReport first = new ObjectMapper().readValue(json.toFile(), SimulationReport.class);
        assertTrue(first.hours() >= 0.02 && first.episodes() >= 2 && !first.faults().isEmpty(), out.toString());

        assertEquals(0, ProvingCommands.execute(new PrintWriter(out), new PrintWriter(new StringWriter()), "simulate", "--hours", "0.03", "--seed", "5", "--episode", "20", "--json", json.toString(), "--resume"));
        final SimulationReport resumed = new ObjectMapper().readValue(json.toFile(), SimulationReport.class);
        assertEquals(0, ProvingCommands.execute(new PrintWriter(out), new PrintWriter(new StringWriter()), "simulate", "--hours", "0.03", "--seed", "5", "--episode", "20", "--json", json.toString(), "--threads", "1"));
        assertEquals(new ObjectMapper().readValue(json.toFile(), SimulationReport.class).digest(), resumed.digest(), "on however many threads, in however many goes");
        assertRefused("holds another seed, faults, episodes or canary", "simulate", "--seed", "6", "--episode", "20", "--json", json.toString(), "--resume");

        final StringWriter err = new StringWriter();
        assertEquals(1, ProvingCommands.execute(new PrintWriter(out), new PrintWriter(err), "simulate", "--hours", "1", "--seed", "5", "--faults", "none", "--canary", "jump"));
        assertTrue(err.toString().contains("episode 0: I1 at "), err.toString());
        final String again = err.toString().lines().filter(line -> line.startsWith("again: ./continuo ")).findFirst().orElseThrow().substring("again: ./continuo ".length());
        assertEquals(1, ProvingCommands.execute(new PrintWriter(out), new PrintWriter(err), again.split(" ")), "it can be repeated");
    }

    @Test
    void aClientCanConnect() throws IOException, InterruptedException {
        final PipedWriter out = new PipedWriter();
        final BufferedReader said = new BufferedReader(new PipedReader(out));
        final Thread command = Thread.ofPlatform().daemon().start(() -> ProvingCommands.execute(new PrintWriter(out),
            new PrintWriter(new StringWriter()), "simulate", "franka", "--robot", "panda", "--port", "0", "--hand-port", "0"));
        final String line = said.readLine();
        assertTrue(line.matches("panda at 127\\.0\\.0\\.1:\\d+, FCI version 5; hand at port \\d+; .*; interrupt to end"), line);
        final int port = Integer.parseInt(line.replaceAll(".*1:(\\d+),.*", "$1"));
        try (FrankaRobot robot = FrankaRobot.connect(new InetSocketAddress("127.0.0.1", port), System::nanoTime, TIMEOUT_NANOS)) {
            assertEquals(FciVersion.PANDA, robot.version());
            assertTrue(robot.await(TIMEOUT_NANOS));
        }
        command.interrupt();
        command.join();
    }
}
