package dev.continuo.training.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** What is told about the steps of a stage since the last report: means. For one thread. */
final class StepFigures {
    private final Map<String, double[]> sums = new LinkedHashMap<>();
    private final List<String> told;
    private int skipped;

    /**
     * Figures of some names.
     *
     * @param told     in the curve and in the progress
     * @param recorded in the curve alone
     */
    StepFigures(final List<String> told, final List<String> recorded) {
        this.told = List.copyOf(told);
        told.forEach(column -> sums.put(column, new double[2]));
        recorded.forEach(column -> sums.put(column, new double[2]));
    }

    /** The columns of a curve, in the order of {@link #row}. */
    List<String> columns() {
        return new ArrayList<>(sums.keySet());
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

    /** The means, 0 for a column without values. */
    double[] row() {
        return sums.keySet().stream().mapToDouble(this::mean).toArray();
    }

    /** The means of the columns that have values. */
    String text() {
        final StringJoiner text = new StringJoiner(" ");
        for (final String column : told) {
            if (sums.get(column)[1] > 0) {
                text.add(column.replace('_', ' ')).add(String.format(Locale.ROOT, "%.4f", mean(column)));
            }
        }
        if (skipped > 0) {
            text.add("skipped " + skipped);
        }
        return text.toString();
    }

    /** Forgets the values, but not how many steps were skipped. */
    void clear() {
        sums.values().forEach(sum -> java.util.Arrays.fill(sum, 0));
    }

    private double mean(final String column) {
        final double[] sum = sums.get(column);
        return sum[1] == 0 ? 0 : sum[0] / sum[1];
    }
}
