package dev.continuo.training.stage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is told about the steps of joint training since the last report: means. For one thread. */
final class StepFigures {
    /** The columns of a curve, in the order of {@link #row}. */
    static final List<String> COLUMNS =
        List.of("words", "motion", "symbols_right", "scene", "next", "tokens_right", "answers_right", "gradient", "rate");

    private final Map<String, double[]> sums = new LinkedHashMap<>();
    private int skipped;

    StepFigures() {
        COLUMNS.forEach(column -> sums.put(column, new double[2]));
    }

    /** One more value of a column; what is not a number is left out. */
    void add(final String column, final double value) {
        if (Double.isFinite(value)) {
            final double[] sum = sums.get(column);
            sum[0] += value;
            sum[1]++;
        }
    }

    /** A step whose gradient was not finite. */
    void skip() {
        skipped++;
    }

    double[] row() {
        return COLUMNS.stream().mapToDouble(this::mean).toArray();
    }

    String text() {
        return "words %.3f motion %.3f symbols %.0f%% scene %.2f next %.3f answers %.0f%%%s".formatted(
            mean("words"), mean("motion"), 100 * mean("symbols_right"), mean("scene"), mean("next"), 100 * mean("answers_right"),
            skipped > 0 ? " skipped " + skipped : "");
    }

    void clear() {
        sums.values().forEach(sum -> java.util.Arrays.fill(sum, 0));
    }

    private double mean(final String column) {
        final double[] sum = sums.get(column);
        return sum[1] == 0 ? 0 : sum[0] / sum[1];
    }
}
