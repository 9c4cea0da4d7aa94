package dev.continuo.recording.lerobot;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What LeRobot keeps about a feature's values, one number for each dimension; policies normalise with it.
 *
 * @param quantiles those of {@link #QUANTILES}, in that order
 * @param count     how many frames it is about
 */
record FeatureStats(double[] min, double[] max, double[] mean, double[] std, double[][] quantiles, long count) {
    static final double[] QUANTILES = {0.01, 0.10, 0.50, 0.90, 0.99};
    private static final String[] QUANTILE_NAMES = {"q01", "q10", "q50", "q90", "q99"};

    /** All but the count, by LeRobot's names and in its order. */
    Map<String, double[]> byName() {
        final Map<String, double[]> all = new LinkedHashMap<>();
        all.put("min", min);
        all.put("max", max);
        all.put("mean", mean);
        all.put("std", std);
        for (int i = 0; i < QUANTILES.length; i++) {
            all.put(QUANTILE_NAMES[i], quantiles[i]);
        }
        return all;
    }

    /** Of these frames and others together. As LeRobot does it, a quantile of the whole is the mean of the parts' quantiles. */
    FeatureStats with(final FeatureStats other) {
        final int size = mean.length;
        final long both = count + other.count;
        final double share = (double) other.count / both;
        final double[] lower = new double[size];
        final double[] upper = new double[size];
        final double[] centre = new double[size];
        final double[] spread = new double[size];
        final double[][] parts = new double[QUANTILES.length][size];
        for (int i = 0; i < size; i++) {
            lower[i] = Math.min(min[i], other.min[i]);
            upper[i] = Math.max(max[i], other.max[i]);
            centre[i] = mixed(mean[i], other.mean[i], share);
            final double here = mean[i] - centre[i];
            final double there = other.mean[i] - centre[i];
            spread[i] = Math.sqrt(mixed(std[i] * std[i] + here * here, other.std[i] * other.std[i] + there * there, share));
            for (int q = 0; q < parts.length; q++) {
                parts[q][i] = mixed(quantiles[q][i], other.quantiles[q][i], share);
            }
        }
        return new FeatureStats(lower, upper, centre, spread, parts, both);
    }

    private static double mixed(final double one, final double other, final double share) {
        return one * (1 - share) + other * share;
    }

    /** All values divided by a number. */
    FeatureStats dividedBy(final double divisor) {
        return new FeatureStats(divided(min, divisor), divided(max, divisor), divided(mean, divisor), divided(std, divisor),
            Arrays.stream(quantiles).map(values -> divided(values, divisor)).toArray(double[][]::new), count);
    }

    private static double[] divided(final double[] values, final double divisor) {
        return Arrays.stream(values).map(value -> value / divisor).toArray();
    }
}
