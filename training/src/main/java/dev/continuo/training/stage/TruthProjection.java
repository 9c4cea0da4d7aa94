package dev.continuo.training.stage;

import java.util.random.RandomGenerator;

/** A fixed random projection of what is true about a scene to a vector of the size that conditions have. */
final class TruthProjection {
    private final float[] matrix;
    private final int features;
    private final int size;

    TruthProjection(final int features, final int size, final RandomGenerator random) {
        this.features = features;
        this.size = size;
        matrix = new float[size * features];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = (float) (random.nextGaussian() / Math.sqrt(features));
        }
    }

    /** Projects {@code truth}, as many values as there are features, to {@code target} from {@code offset} on. */
    void write(final float[] truth, final float[] target, final int offset) {
        for (int row = 0; row < size; row++) {
            double sum = 0;
            for (int i = 0; i < features; i++) {
                sum += matrix[row * features + i] * truth[i];
            }
            target[offset + row] = (float) sum;
        }
    }
}
