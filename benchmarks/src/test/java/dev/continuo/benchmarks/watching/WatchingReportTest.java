package dev.continuo.benchmarks.watching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Percentiles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchingReportTest {
    private static RunFigures run(final boolean watched, final double chunksPerSecond) {
        final Percentiles one = new Percentiles(1, 1, 1, 1, 1, 1);
        return new RunFigures(watched, 60, chunksPerSecond, one, one, Map.of("brain", 0.9), new Viewers.Watched(1, 1, 1));
    }

    @Test
    void whichRunOfAPairCameFirstDoesNotMatter() {
        final WatchingReport report = new WatchingReport(Circumstances.now(), "arx-sim", 3,
            List.of(run(false, 2), run(true, 1.8), run(true, 1.9), run(false, 2), run(false, 2), run(true, 1)));
        assertEquals(0.9, report.medianRatio(RunFigures::chunksPerSecond), 1e-9);
        assertTrue(report.text().contains("chunk rate 0.900"), report.text());
        assertTrue(report.text().contains("brain 0.90"), report.text());
    }
}
