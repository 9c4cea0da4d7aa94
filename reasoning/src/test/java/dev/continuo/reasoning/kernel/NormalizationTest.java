package dev.continuo.reasoning.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizationTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 30, 129})
    void normsAreThoseOfTheirDefinitions(final int n) {
        final float[] x = RandomArrays.random(1, n);
        for (int i = 0; i < n; i++) {
            x[i] = 100 + 2 * x[i];
        }
        final float[] scale = RandomArrays.random(2, n);
        final float[] shift = RandomArrays.random(3, n);
        double mean = 0;
        double square = 0;
        for (final float value : x) {
            mean += (double) value / n;
            square += (double) value * value / n;
        }
        double variance = 0;
        for (final float value : x) {
            variance += (value - mean) * (value - mean) / n;
        }
        final float[] layer = new float[n];
        Normalization.layerNorm(x, scale, shift, 1e-6f, layer, n);
        final float[] rms = x.clone();
        Normalization.rmsNorm(rms, scale, 1e-6f, rms, n);
        for (int i = 0; i < n; i++) {
            assertEquals((x[i] - mean) / Math.sqrt(variance + 1e-6) * scale[i] + shift[i], layer[i], n == 1 ? 1e-6 : 1e-4);
            assertEquals(x[i] / Math.sqrt(square + 1e-6) * scale[i], rms[i], 1e-6 * (1 + Math.abs(scale[i])));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 50})
    void sharesAreThoseOfTheExponentials(final int n) {
        final float[] x = RandomArrays.random(4, n);
        final float[] shares = x.clone();
        Normalization.softmax(shares, 3, new float[n], n);
        double sum = 0;
        for (final float value : x) {
            sum += Math.exp(3 * value);
        }
        for (int i = 0; i < n; i++) {
            assertEquals(Math.exp(3 * x[i]) / sum, shares[i], 1e-6);
        }
        x[0] = 1e6f;
        Normalization.softmax(x, 1, new float[n], n);
        assertEquals(1, x[0], "far ahead of the others");
        x[n / 2] = Float.NaN;
        Normalization.softmax(x, 1, new float[n], n);
        assertTrue(Float.isNaN(x[0]));
    }
}
