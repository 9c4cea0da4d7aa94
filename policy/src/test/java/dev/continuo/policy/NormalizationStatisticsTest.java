package dev.continuo.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NormalizationStatisticsTest {

    @Test
    void actionsSpanMinusOneToOneWithAMargin() {
        final NormalizationStatistics statistics =
            new NormalizationStatistics(new double[] {0, -2}, new double[] {0.088, 2}, new double[] {0}, new double[] {1});
        final float[] rows = {-1e-4f, -2.0001f, 0.0881f, 2.0001f, 0.044f, 0};
        statistics.normalizeActions(rows);
        assertArrayEquals(new float[] {-1, -1, 1, 1, 0, 0}, rows, 1e-5f);
    }

    @Test
    void aStateThatHardlyMovesIsDividedByTheLeastDeviation() {
        final NormalizationStatistics statistics =
            new NormalizationStatistics(new double[] {0}, new double[] {1}, new double[] {1, 1}, new double[] {1e-6, 2});
        final float[] states = {1.01f, 5, 1, 1};
        statistics.normalizeStates(states);
        assertArrayEquals(new float[] {1, 2, 0, 0}, states, 1e-5f);
    }

    @Property
    void denormalizingUndoesNormalizing(
        @ForAll @FloatRange(min = -3, max = 3) final float value, @ForAll @DoubleRange(min = -3, max = 3) final double low,
        @ForAll @DoubleRange(min = 0, max = 6) final double range) {
        final NormalizationStatistics statistics =
            new NormalizationStatistics(new double[] {low}, new double[] {low + range}, new double[] {0}, new double[] {1});
        final float[] rows = {value};
        statistics.normalizeActions(rows);
        statistics.denormalizeActions(rows);
        assertEquals(value, rows[0], 1e-5);
    }

    @Test
    void measuresRowsAndSurvivesTheFile(@TempDir final Path directory) throws IOException {
        final NormalizationStatistics measured = NormalizationStatistics.of(
            List.of(new float[] {1, 5}, new float[] {-1, 7}), List.of(new float[] {2}, new float[] {4}, new float[] {9}));
        measured.save(directory.resolve("s.json"));
        final NormalizationStatistics statistics = NormalizationStatistics.load(directory.resolve("s.json"));
        final float[] rows = {1.0001f, 4.9999f};
        statistics.normalizeActions(rows);
        assertArrayEquals(new float[] {1, -1}, rows, 1e-5f);
        final float[] state = {5 + (float) Math.sqrt(26.0 / 3)};
        statistics.normalizeStates(state);
        assertEquals(1, state[0], 1e-5);
    }

    @Test
    void refusesWhatIsNoStatistic() {
        final double[] one = {1};
        final double[] zero = {0};
        assertThrows(IllegalArgumentException.class, () -> new NormalizationStatistics(one, zero, zero, one));
        assertThrows(IllegalArgumentException.class, () -> new NormalizationStatistics(zero, one, new double[] {Double.NaN}, one));
        assertThrows(IllegalArgumentException.class, () -> new NormalizationStatistics(zero, new double[2], zero, one));
        assertThrows(IllegalArgumentException.class, () -> new NormalizationStatistics(zero, one, zero, new double[] {-1}));
        assertThrows(IllegalArgumentException.class, () -> new NormalizationStatistics(new double[0], new double[0], zero, one));
    }
}
