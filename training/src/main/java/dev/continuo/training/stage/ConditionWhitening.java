package dev.continuo.training.stage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.Weights;
import java.util.SplittableRandom;

/**
 * First weights for the projections of the conditions that depend on the data: the first linear layer takes each feature to mean 0 and
 * deviation 1 before it mixes them.
 *
 * <p>A condition is a mean over some fifty tokens of which few tell one scene from another, so most of it is the same for all samples. An
 * expert that has to learn to look past that follows the state alone for long.
 */
final class ConditionWhitening {
    private static final float LEAST_DEVIATION = 1e-4f;

    private ConditionWhitening() {
    }

    /**
     * Sets the first layer of one projection.
     *
     * @param projection the projection's name, for example {@code input_action_proj}
     * @param conditions samples by features, row by row
     */
    static void apply(final Weights weights, final String projection, final float[] conditions, final long seed) {
        final NDArray weight = weights.get(projection + ".mlps.0.weight");
        final NDArray bias = weights.get(projection + ".mlps.0.bias");
        final int outputs = (int) weight.getShape().get(0);
        final int size = (int) weight.getShape().get(1);
        final int samples = conditions.length / size;
        final double[] mean = new double[size];
        final double[] deviation = new double[size];
        for (int i = 0; i < conditions.length; i++) {
            mean[i % size] += conditions[i] / (double) samples;
        }
        for (int i = 0; i < conditions.length; i++) {
            deviation[i % size] += Math.pow(conditions[i] - mean[i % size], 2) / samples;
        }
        final SplittableRandom random = new SplittableRandom(seed);
        final float[] mixed = new float[outputs * size];
        final float[] shift = new float[outputs];
        for (int out = 0; out < outputs; out++) {
            for (int in = 0; in < size; in++) {
                final double scale = random.nextGaussian() / Math.sqrt(size) / Math.max(LEAST_DEVIATION, Math.sqrt(deviation[in]));
                mixed[out * size + in] = (float) scale;
                shift[out] -= (float) (scale * mean[in]);
            }
        }
        try (GradientMode _ = GradientMode.off(); var scope = weights.newScope()) {
            weight.set(new NDIndex("..."), scope.create(mixed, new Shape(outputs, size)));
            bias.set(new NDIndex("..."), scope.create(shift, new Shape(outputs)));
        }
    }
}
