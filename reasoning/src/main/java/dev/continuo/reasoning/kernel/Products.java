package dev.continuo.reasoning.kernel;

/**
 * Sums of scaled rows, which is what a matrix product is: {@code y[i] += Σ x[i][k]·w[k]}.
 *
 * <p>A tile of two rows of {@code y} and four of {@code w} needs six loads and two stores for eight fused multiply-adds, which is about what a
 * core can do at once; with eight scalars to multiply by, it just fits sixteen vector registers. Larger tiles were slower, because scalars were
 * spilled.
 *
 * <p>Each element of {@code y} is the sum in the order of {@code k}, whatever the tile: a row gives the same result alone and among others.
 */
final class Products {
    /** So many rows are finished before the next are begun: they, and the scalars for them, stay in the nearest cache. Even, for the tiles. */
    private static final int BLOCK = 26;

    private Products() {
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
        for (int begin = 0; begin < rows; begin += BLOCK) {
            add(x, xFirst, w, depth, y, begin, Math.min(rows, begin + BLOCK), width);
        }
    }

    private static void add(
        final float[][] x, final int xFirst, final float[][] w, final int depth, final float[][] y, final int begin, final int end,
        final int width) {
        final int quads = depth & -4;
        for (int k = 0; k < quads; k += 4) {
            final int c = xFirst + k;
            int i = begin;
            for (; i + 1 < end; i += 2) {
                final float[] a = x[i];
                final float[] b = x[i + 1];
                addFourToTwo(y[i], y[i + 1], w[k], w[k + 1], w[k + 2], w[k + 3],
                    a[c], a[c + 1], a[c + 2], a[c + 3], b[c], b[c + 1], b[c + 2], b[c + 3], width);
            }
            if (i < end) {
                final float[] a = x[i];
                addFour(y[i], w[k], w[k + 1], w[k + 2], w[k + 3], a[c], a[c + 1], a[c + 2], a[c + 3], width);
            }
        }
        for (int k = quads; k < depth; k++) {
            for (int i = begin; i < end; i++) {
                addOne(y[i], w[k], x[i][xFirst + k], width);
            }
        }
    }

    /**
     * Adds {@code depth} rows of {@code w}, scaled, to one row.
     *
     * @param x      the scalars
     * @param xFirst index of the first
     * @param w      what is scaled, by scalar; rows of at least {@code width} values
     * @param depth  how many rows of {@code w} there are
     * @param y      gets the sums
     * @param width  how many values of a row count
     */
    static void add(final float[] x, final int xFirst, final float[][] w, final int depth, final float[] y, final int width) {
        int k = 0;
        for (; k + 7 < depth; k += 8) {
            final int c = xFirst + k;
            addEight(y, w[k], w[k + 1], w[k + 2], w[k + 3], w[k + 4], w[k + 5], w[k + 6], w[k + 7],
                x[c], x[c + 1], x[c + 2], x[c + 3], x[c + 4], x[c + 5], x[c + 6], x[c + 7], width);
        }
        for (; k + 3 < depth; k += 4) {
            final int c = xFirst + k;
            addFour(y, w[k], w[k + 1], w[k + 2], w[k + 3], x[c], x[c + 1], x[c + 2], x[c + 3], width);
        }
        for (; k < depth; k++) {
            addOne(y, w[k], x[xFirst + k], width);
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

    private static void addEight(
        final float[] y, final float[] w0, final float[] w1, final float[] w2, final float[] w3, final float[] w4, final float[] w5,
        final float[] w6, final float[] w7, final float a0, final float a1, final float a2, final float a3, final float a4, final float a5,
        final float a6, final float a7, final int width) {
        for (int j = 0; j < width; j++) {
            final float half = Math.fma(a3, w3[j], Math.fma(a2, w2[j], Math.fma(a1, w1[j], Math.fma(a0, w0[j], y[j]))));
            y[j] = Math.fma(a7, w7[j], Math.fma(a6, w6[j], Math.fma(a5, w5[j], Math.fma(a4, w4[j], half))));
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
