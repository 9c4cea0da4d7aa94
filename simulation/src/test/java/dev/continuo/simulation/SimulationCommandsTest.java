package dev.continuo.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.FrankaRobot;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class SimulationCommandsTest {
    private static final long TIMEOUT_NANOS = 5_000_000_000L;

    private static void assertRefused(final String expected, final String... arguments) {
        final StringWriter err = new StringWriter();
        assertEquals(2, SimulationCommands.execute(new PrintWriter(new StringWriter()), new PrintWriter(err), arguments));
        assertTrue(err.toString().contains(expected) && err.toString().lines().count() == 1, err.toString());
    }

    @Test
    void badUsageIsToldInOneLine() throws IOException {
        assertRefused("which robot? There is franka", "simulate");
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
    void aClientCanConnect() throws IOException, InterruptedException {
        final PipedWriter out = new PipedWriter();
        final BufferedReader said = new BufferedReader(new PipedReader(out));
        final Thread command = Thread.ofPlatform().daemon().start(() -> SimulationCommands.execute(new PrintWriter(out),
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
