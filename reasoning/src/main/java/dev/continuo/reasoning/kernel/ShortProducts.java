package dev.continuo.reasoning.kernel;

/**
 * What {@link Products} computes for many rows, for the rows of an attention, which are short.
 *
 * <p>The same code a second time on purpose. The compiler shapes a loop by how often it has gone around so far: code that had met the short rows of a
 * reasoning's attention took half as long again for the long ones of a chunk.
 */
final class ShortProducts {

    private ShortProducts() {
    }

    /**
     * Adds {@code depth} rows of {@code w}, scaled, to each row of {@code y}.
     *
     * @param x      the scalars, by row of {@code y}
     * @param xFirst index of the first scalar in its row
     * @param w      what is scaled, by scalar; rows of at least {@code width} values
     * @param depth  how many rows of {@code w} there are
     * @param y      gets the sums; no row may be one of {@code w}'s
     * @param rows   of {@code y}
     * @param width  how many values of a row count
     */
    static void add(
        final float[][] x, final int xFirst, final float[][] w, final int depth, final float[][] y, final int rows, final int width) {
        final int quads = depth & -4;
        for (int k = 0; k < quads; k += 4) {
            final int c = xFirst + k;
            int i = 0;
            for (; i + 1 < rows; i += 2) {
                final float[] a = x[i];
                final float[] b = x[i + 1];
                addFourToTwo(y[i], y[i + 1], w[k], w[k + 1], w[k + 2], w[k + 3],
                    a[c], a[c + 1], a[c + 2], a[c + 3], b[c], b[c + 1], b[c + 2], b[c + 3], width);
            }
            if (i < rows) {
                final float[] a = x[i];
                addFour(y[i], w[k], w[k + 1], w[k + 2], w[k + 3], a[c], a[c + 1], a[c + 2], a[c + 3], width);
            }
        }
        for (int k = quads; k < depth; k++) {
            for (int i = 0; i < rows; i++) {
                addOne(y[i], w[k], x[i][xFirst + k], width);
            }
        }
    }

    private static void addFourToTwo(
        final float[] y, final float[] z, final float[] w0, final float[] w1, final float[] w2, final float[] w3,
        final float a0, final float a1, final float a2, final float a3, final float b0, final float b1, final float b2, final float b3,
        final int width) {
        for (int j = 0; j < width; j++) {
            final float p = w0[j];
            final float q = w1[j];
            final float r = w2[j];
            final float s = w3[j];
            y[j] = Math.fma(a3, s, Math.fma(a2, r, Math.fma(a1, q, Math.fma(a0, p, y[j]))));
            z[j] = Math.fma(b3, s, Math.fma(b2, r, Math.fma(b1, q, Math.fma(b0, p, z[j]))));
        }
    }

    private static void addFour(
        final float[] y, final float[] w0, final float[] w1, final float[] w2, final float[] w3,
        final float a0, final float a1, final float a2, final float a3, final int width) {
        for (int j = 0; j < width; j++) {
            y[j] = Math.fma(a3, w3[j], Math.fma(a2, w2[j], Math.fma(a1, w1[j], Math.fma(a0, w0[j], y[j]))));
        }
    }

    private static void addOne(final float[] y, final float[] w, final float a, final int width) {
        for (int j = 0; j < width; j++) {
            y[j] = Math.fma(a, w[j], y[j]);
        }
    }
}
