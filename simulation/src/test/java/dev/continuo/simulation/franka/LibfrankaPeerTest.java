package dev.continuo.simulation.franka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.continuo.hardware.franka.FciConnection;
import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.HandRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Unmodified libfranka programs on the simulated robot. Only where {@code -Dcontinuo.peers.python=PYTHON} names a Python that has {@code pylibfranka} and
 * {@code panda-python}: see {@code simulation/src/test/peers/README.md}. The ports are the protocols' own, 1337 and 1338.
 */
@EnabledIfSystemProperty(named = "continuo.peers.python", matches = ".+")
class LibfrankaPeerTest {
    private static final long MINUTES = 2;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"FR3, pylibfranka_peer.py", "PANDA, panda_peer.py"})
    void itsProgramsRun(final FciVersion version, final String program) throws IOException, InterruptedException {
        final List<String> journal = new CopyOnWriteArrayList<>();
        final FciServer server = new FciServer(
            new SimulatedFranka(version), new InetSocketAddress("127.0.0.1", FciConnection.PORT), journal::add);
        final Path output = folder.resolve("output");
        final SimulatedHand hand = new SimulatedHand();
        hand.hold(0.03);
        try (FciLoop _ = new FciLoop(server, new HandServer(hand, new InetSocketAddress("127.0.0.1", HandRequest.PORT), journal::add))) {
            final Process peer = new ProcessBuilder(System.getProperty("continuo.peers.python"), "src/test/peers/" + program)
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
            final boolean ended = peer.waitFor(MINUTES, TimeUnit.MINUTES);
            peer.destroyForcibly();
            final String said = Files.readString(output);
            assertEquals(0, ended ? peer.exitValue() : -1, () -> said + journal + ", late commands: " + server.late());
        }
    }
}
