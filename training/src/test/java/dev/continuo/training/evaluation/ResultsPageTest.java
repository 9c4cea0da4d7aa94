package dev.continuo.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ProfileReader;
import dev.continuo.training.stage.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsPageTest {
    @TempDir
    private Path folder;
    private ResultsFolder results;

    @BeforeEach
    void openFolder() {
        results = new ResultsFolder(folder.resolve("results"), folder.resolve("nano"), ProfileReader.read("arx-sim"), ProfileReader.read("franka-sim"), List.of(1L, 2L), "python3");
    }

    private void write(final Path file, final Map<String, Object> figures) throws IOException {
        Files.createDirectories(file.getParent());
        JsonReport.write(figures, file);
    }

    private String page() throws IOException {
        final Path file = folder.resolve("results.md");
        new ResultsPage(results).write(file, List.of(folder.resolve("results/pictures/one.jpg")));
        return Files.readString(file);
    }

    @Test
    void seedsAreAddedUpAndIntervalsAreOfTheSum() throws IOException {
        write(results.trials(Variant.CHATVLA2, "open-world", 1), Map.of("trials", 52, "successes", 43, "ocr", 3.0, "mathematics", 1.5, "chance", 0.25,
            "weights", "abc"));
        write(results.trials(Variant.CHATVLA2, "open-world", 2), Map.of("trials", 52, "successes", 33, "ocr", 4.0, "mathematics", 1.0, "chance", 0.27,
            "weights", "abc"));
        final String page = page();
        final String row = page.lines().filter(line -> line.startsWith("| `chatvla2` |")).findFirst().orElseThrow();
        assertTrue(row.contains("| 3.50 | 1.25 | 76/104 (64–81 %) |"), row);
        assertTrue(page.contains("| chance: cards laid blindly | | | 0 % | | | 26 % | |"), page);
        assertTrue(page.contains("(results/pictures/one.jpg)"), page);
    }

    @Test
    void toysHaveATableOfTheirOwn() throws IOException {
        write(results.toyTrials(Variant.CHATVLA2, "open-world"), Map.of("trials", 156, "successes", 100, "object_recognition", 0.9, "spatial_affordance", 0.8));
        write(results.toyTrials(Variant.CHATVLA2, "in-domain"),
            Map.of("trials", 67, "successes", 60, "object_recognition", 1.0, "spatial_affordance", 0.95, "weights", "abc"));
        final String page = page();
        assertTrue(page.contains("| `chatvla2` | `abc` | 1.00 | 0.95 | 60/67 (80–95 %) | 0.90 | 0.80 | 100/156 (56–71 %) | 1, 0.99, 61/67; 0.94, 0.88, 127/156 |"), page);
        assertTrue(page.contains("| `dexvla` | none | – | – | – | – | – | – | 1, 0.97, 63/67; 0.23, 0.12, 36/156 |"), page);
        assertTrue(page.contains("blindly | | | | 4 % | | | 4 % | |"), page);
    }

    @Test
    void whatWasNotMeasuredIsADashAndNotAZero() throws IOException {
        final String row = page().lines().filter(line -> line.startsWith("| `dexvla` |")).findFirst().orElseThrow();
        assertEquals("| `dexvla` | none | – | – | – | – | – | 5.2, 12/13; 0.21, 0.06, 10/52 |", row);
    }

    @Test
    void theReaderToCompareWithHasARowWhenItWasAsked() throws IOException {
        write(results.reading(Variant.CHATVLA2), Map.of("lines", 400, "read", 380, "solved", 372, "peer", "PP-OCRv4", "peer_lines", 400, "peer_read", 52));
        final String page = page();
        assertTrue(page.contains("| `chatvla2` | 380/400 (92–97 %) | 372/400 (90–95 %) |"), page);
        assertTrue(page.contains("| PP-OCRv4 | 52/400 (10–17 %) | does not calculate |"), page);
    }
}
