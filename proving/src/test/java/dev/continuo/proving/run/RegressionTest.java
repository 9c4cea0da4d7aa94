package dev.continuo.proving.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.proving.fault.FaultScript;
import dev.continuo.proving.service.Sabotage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that once ended badly: {@code src/test/resources/scripts}. */
class RegressionTest {
    private static final Path SCRIPTS = Path.of("src/test/resources/scripts");

    @TempDir
    private Path folder;

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".faults")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void itEndsWell(final Path script) {
        final long seed = Long.parseLong(script.getFileName().toString().split("\\.")[1]);
        final Episode.Result result = new Episode(seed, FaultScript.read(script), Sabotage.NONE).run(folder, _ -> { });
        assertTrue(result.isGood() && result.gaveUp().isEmpty(), result.toString());
    }
}
