package dev.continuo.simulation.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * CAN buses and cameras on a real kernel: a virtual bus, the kernel's slcan, the kernel's test camera. Only where {@code -Dcontinuo.peers.kernel=PROGRAM} names a program that runs
 * a bash script where such a kernel is, as root: see {@code simulation/src/test/peers/README.md}.
 */
@EnabledIfSystemProperty(named = "continuo.peers.kernel", matches = ".+")
class KernelPeerTest {
    private static final long MINUTES = 30;
    private static final Path PEERS = Path.of("src/test/peers").toAbsolutePath();

    private static List<String> said = List.of();

    @BeforeAll
    @Timeout(value = MINUTES + 1, unit = TimeUnit.MINUTES)
    static void runTheChecks(@TempDir final Path folder) throws IOException, InterruptedException {
        final Path script = Files.writeString(folder.resolve("checks.sh"), "exec bash '%s' '%s' '%s'%n".formatted(
            PEERS.resolve("kernel_peer.sh"), System.getProperty("java.home"), System.getProperty("java.class.path")));
        final Path output = folder.resolve("output");
        final Process peer = new ProcessBuilder(System.getProperty("continuo.peers.kernel"), script.toString())
            .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!peer.waitFor(MINUTES, TimeUnit.MINUTES)) {
            peer.destroy();
        }
        // A console may say things in other alphabets.
        said = Files.readString(output, StandardCharsets.ISO_8859_1).lines().toList();
        said.forEach(System.out::println);
    }

    @TestFactory
    Stream<DynamicTest> theKernelDoesAsWeThink() {
        return KernelChecks.names().stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            assumeFalse(said.stream().anyMatch(line -> line.startsWith(KernelChecks.SKIPPED + name)), "what it needs is missing");
            assertTrue(said.contains(KernelChecks.PASSED + name), () -> said.stream().filter(line -> line.startsWith(KernelChecks.FAILED + name)).findFirst()
                .orElseGet(() -> "the program never came so far: " + String.join("\n", said)));
        }));
    }
}
