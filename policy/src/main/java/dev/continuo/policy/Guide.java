package dev.continuo.policy;

import dev.continuo.policy.playback.PlannedRows;

/**
 * Draws a chunk that is being sampled towards the one that plays: real-time chunking (Black and others, arXiv 2506.07339) with a soft mask, for a sampler of DDIM and without a gradient.
 *
 * <p>The mask weighs row {@code i} of {@code H}, of which the first {@code d} are committed and the first {@code n} planned: {@code 1} before row {@code d}, {@code 0} from row {@code n} on, and between
 * them {@code c^3 (10 - 15 c + 6 c^2)} with {@code c = (n - i) / (n - d + 1)}, where the paper has {@code c (e^c - 1) / (e - 1)}: that one begins with a step and a corner, and where the network tells nearly the same clean
 * chunk whatever the noise, what is sampled has the shape of the mask. At a diffusion step with signal {@code a} and noise {@code s} the time of the equivalent flow is {@code t = a / (a + s)}, and
 * the clean chunk that the network tells is moved by {@code (1 - t) min(beta, (t^2 + (1 - t)^2) / (t (1 - t)))} times its weighted difference to the plan; the noise that it tells is kept.
 *
 * <p>For one thread; nothing is allocated after construction.
 */
final class Guide {
    private final int rows;
    private final int columns;
    private final float[] plan;
    private final double[] weights;
    private double strength;
    private boolean on;

    /** A guide that is off, for chunks of a size. */
    Guide(final int rows, final int columns) {
        this.rows = rows;
        this.columns = columns;
        plan = new float[rows * columns];
        weights = new double[rows];
    }

    /** The chunk is sampled as if nothing played. */
    void off() {
        on = false;
    }

    /**
     * Guides the next chunks.
     *
     * @param planned   normalised by {@code statistics} here
     * @param newStrength beta, the most that a difference is amplified by
     */
    void follow(final PlannedRows planned, final NormalizationStatistics statistics, final double newStrength) {
        on = planned.rows > 0;
        if (!on) {
            return;
        }
        System.arraycopy(planned.values, 0, plan, 0, plan.length);
        statistics.normalizeActions(plan);
        for (int row = 0; row < rows; row++) {
            weights[row] = weight(row, planned.committed, planned.rows);
        }
        strength = newStrength;
    }

    /** The soft mask at a row. */
    static double weight(final int row, final int committed, final int planned) {
        if (row >= planned) {
            return 0;
        }
        if (row < committed) {
            return 1;
        }
        final double c = (double) (planned - row) / (planned - committed + 1);
        return c * c * c * (10 - 15 * c + 6 * c * c);
    }

    /** How far a clean chunk is moved towards the plan at a diffusion step, where the mask is 1; 0 while off. */
    double gain(final double signal, final double noise) {
        if (!on) {
            return 0;
        }
        final double time = signal / (signal + noise);
        final double left = 1 - time;
        return left * Math.min(strength, (time * time + left * left) / (time * left));
    }

    /** A clean value moved towards the plan. */
    double move(final double clean, final int index, final double gain) {
        return clean + gain * weights[index / columns] * (plan[index] - clean);
    }

    /** How little a normalised chunk continues the plan: squared differences, each row counting half as much as the one before (the backward term of bidirectional decoding, arXiv 2408.17355). */
    double strangeness(final float[] chunk) {
        double sum = 0;
        double share = 1;
        for (int row = 0; row < rows && weights[row] > 0; row++) {
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                sum += share * (chunk[i] - plan[i]) * (chunk[i] - plan[i]);
            }
            share /= 2;
        }
        return sum;
    }
}
