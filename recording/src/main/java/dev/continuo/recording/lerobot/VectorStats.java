package dev.continuo.recording.lerobot;

import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Computes {@link FeatureStats} of one episode's numbers. */
final class VectorStats {
    private VectorStats() {
    }

    /** Of a vector of floats. */
    static FeatureStats of(final List<float[]> values) {
        final int size = values.getFirst().length;
        final Column[] columns = new Column[size];
        for (int i = 0; i < size; i++) {
            final int dimension = i;
            columns[i] = column(values.size(), frame -> values.get(frame)[dimension], true);
        }
        return joined(values.size(), columns);
    }

    /** Of a number that each frame has, in double precision. */
    static FeatureStats of(final int length, final IntToDoubleFunction value) {
        return joined(length, column(length, value, false));
    }

    private record Column(double min, double max, double mean, double std, double[] quantiles) {
    }

    private static Column column(final int length, final IntToDoubleFunction value, final boolean isSingle) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int i = 0; i < length; i++) {
            final double at = value.applyAsDouble(i);
            min = Math.min(min, at);
            max = Math.max(max, at);
            sum += at;
        }
        final double mean = sum / length;
        double squares = 0;
        for (int i = 0; i < length; i++) {
            final double off = value.applyAsDouble(i) - mean;
            squares += off * off;
        }
        return new Column(min, max, mean, Math.sqrt(squares / length), quantiles(length, value, min, max, isSingle));
    }

    private static double[] quantiles(final int length, final IntToDoubleFunction value, final double min, final double max, final boolean isSingle) {
        final Quantiles quantiles = new Quantiles(min, max, isSingle);
        for (int i = 0; i < length; i++) {
            quantiles.add(value.applyAsDouble(i), 1);
        }
        final double[] result = new double[FeatureStats.QUANTILES.length];
        for (int q = 0; q < result.length; q++) {
            // Of a single value LeRobot makes no histogram.
            result[q] = length == 1 ? min : quantiles.at(FeatureStats.QUANTILES[q]);
        }
        return result;
    }

    private static FeatureStats joined(final long count, final Column... columns) {
        final int size = columns.length;
        final FeatureStats all = new FeatureStats(new double[size], new double[size], new double[size], new double[size], new double[FeatureStats.QUANTILES.length][size], count);
        for (int i = 0; i < size; i++) {
            all.min()[i] = columns[i].min;
            all.max()[i] = columns[i].max;
            all.mean()[i] = columns[i].mean;
            all.std()[i] = columns[i].std;
            for (int q = 0; q < FeatureStats.QUANTILES.length; q++) {
                all.quantiles()[q][i] = columns[i].quantiles[q];
            }
        }
        return all;
    }
}
