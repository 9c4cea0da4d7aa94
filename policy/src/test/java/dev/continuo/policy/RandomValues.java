package dev.continuo.policy;

import java.util.Random;

/** Inputs of experts under test. */
final class RandomValues {
    private RandomValues() {
    }

    /** Normally distributed values; the same for the same seed. */
    static float[] random(final int seed, final int size) {
        final float[] values = new float[size];
        final Random random = new Random(seed);
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
