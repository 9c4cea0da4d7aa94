package dev.continuo.reasoning.kernel;

import java.util.Arrays;

/**
 * Softmax attention of several heads over the rows of one sequence, where each row sees all rows.
 *
 * <p>Holds the space that it computes in: for one thread. Applying it allocates nothing.
 */
public final class SelfAttention {
    private final int rows;
    private final int heads;
    private final int headWidth;
    private final float factor;
    private final float[][] keys;
    private final float[][] values;
    private final float[][] shares;
    private final float[][] mixed;
    private final float[] scratch;

    /**
     * Of a size.
     *
     * @param rows      of the sequence
     * @param heads     that attend independently
     * @param headWidth features of one head; scores are divided by its square root
     */
    public SelfAttention(final int rows, final int heads, final int headWidth) {
        this.rows = rows;
        this.heads = heads;
        this.headWidth = headWidth;
        factor = (float) (1 / Math.sqrt(headWidth));
        keys = Rows.of(headWidth, rows);
        values = Rows.of(rows, headWidth);
        shares = Rows.of(rows, rows);
        mixed = Rows.of(rows, headWidth);
        scratch = new float[rows];
    }

    /**
     * Attends.
     *
     * @param queryKeyValue rows of queries, keys and values of all heads: {@code [rows, 3·heads·headWidth]}
     * @param y             gets {@code [rows, heads·headWidth]}; other arrays
     */
    public void apply(final float[][] queryKeyValue, final float[][] y) {
        final int width = heads * headWidth;
        for (int begin = 0; begin < width; begin += headWidth) {
            split(queryKeyValue, width + begin, 2 * width + begin);
            clear(shares, rows);
            ShortProducts.add(queryKeyValue, begin, keys, headWidth, shares, rows, rows);
            clear(mixed, headWidth);
            for (int i = 0; i < rows; i++) {
                Normalization.softmax(shares[i], factor, scratch, rows);
            }
            ShortProducts.add(shares, 0, values, rows, mixed, rows, headWidth);
            for (int i = 0; i < rows; i++) {
                System.arraycopy(mixed[i], 0, y[i], begin, headWidth);
            }
        }
    }

    private void split(final float[][] queryKeyValue, final int firstKey, final int firstValue) {
        for (int i = 0; i < rows; i++) {
            final float[] row = queryKeyValue[i];
            for (int k = 0; k < headWidth; k++) {
                keys[k][i] = row[firstKey + k];
            }
            System.arraycopy(row, firstValue, values[i], 0, headWidth);
        }
    }

    private static void clear(final float[][] rows, final int width) {
        for (final float[] row : rows) {
            Arrays.fill(row, 0, width, 0);
        }
    }
}
