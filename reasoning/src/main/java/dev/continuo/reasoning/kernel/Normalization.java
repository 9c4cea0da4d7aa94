package dev.continuo.reasoning.kernel;

/** Norms of the first values of an array. No allocation; for any number of threads, each with arrays of its own. */
public final class Normalization {

    private Normalization() {
    }

    /**
     * Layer norm, {@code y = (x − mean)/√(variance + ε)·scale + shift}, with the variance taken about the mean.
     *
     * @param x     n values
     * @param scale n values
     * @param shift n values
     * @param y     gets n values; may be {@code x}
     */
    public static void layerNorm(final float[] x, final float[] scale, final float[] shift, final float epsilon, final float[] y, final int n) {
        final float mean = sum(x, n) / n;
        final float factor = (float) (1 / Math.sqrt(squares(x, mean, n) / n + epsilon));
        for (int j = 0; j < n; j++) {
            y[j] = Math.fma((x[j] - mean) * factor, scale[j], shift[j]);
        }
    }

    /**
     * RMS norm, {@code y = x/√(mean(x²) + ε)·scale}.
     *
     * @param x     n values
     * @param scale n values
     * @param y     gets n values; may be {@code x}
     */
    public static void rmsNorm(final float[] x, final float[] scale, final float epsilon, final float[] y, final int n) {
        final float factor = (float) (1 / Math.sqrt(squares(x, 0, n) / n + epsilon));
        for (int j = 0; j < n; j++) {
            y[j] = x[j] * factor * scale[j];
        }
    }

    /**
     * {@code x ← softmax(factor·x)}.
     *
     * @param scratch at least {@code n} values, overwritten
     */
    public static void softmax(final float[] x, final float factor, final float[] scratch, final int n) {
        float highest = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            highest = Math.max(highest, x[j]);
        }
        for (int j = 0; j < n; j++) {
            x[j] = (x[j] - highest) * factor;
        }
        Elementwise.exp(x, scratch, n);
        final float share = 1 / sum(x, n);
        for (int j = 0; j < n; j++) {
            x[j] *= share;
        }
    }

    /** In four sums, so that an addition need not wait for the one before. */
    private static float sum(final float[] x, final int n) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int j = 0;
        for (; j + 3 < n; j += 4) {
            a += x[j];
            b += x[j + 1];
            c += x[j + 2];
            d += x[j + 3];
        }
        for (; j < n; j++) {
            a += x[j];
        }
        return a + b + (c + d);
    }

    /** The sum of {@code (x − centre)²}, as {@link #sum}. */
    private static float squares(final float[] x, final float centre, final int n) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int j = 0;
        for (; j + 3 < n; j += 4) {
            a = Math.fma(x[j] - centre, x[j] - centre, a);
            b = Math.fma(x[j + 1] - centre, x[j + 1] - centre, b);
            c = Math.fma(x[j + 2] - centre, x[j + 2] - centre, c);
            d = Math.fma(x[j + 3] - centre, x[j + 3] - centre, d);
        }
        for (; j < n; j++) {
            a = Math.fma(x[j] - centre, x[j] - centre, a);
        }
        return a + b + (c + d);
    }
}
