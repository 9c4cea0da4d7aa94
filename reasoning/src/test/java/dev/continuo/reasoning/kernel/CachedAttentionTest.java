package dev.continuo.reasoning.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CachedAttentionTest {

    /** What a token sees, in double. */
    private static float[] expected(final float[][] seen, final float[] token, final int heads, final int groups, final int width) {
        final float[] y = new float[heads * width];
        for (int head = 0; head < heads; head++) {
            final int group = head / (heads / groups);
            final int key = (heads + group) * width;
            final int value = (heads + groups + group) * width;
            double sum = 0;
            final double[] mixed = new double[width];
            for (final float[] other : seen) {
                double score = 0;
                for (int k = 0; k < width; k++) {
                    score += (double) token[head * width + k] * other[key + k];
                }
                final double share = Math.exp(score / Math.sqrt(width));
                sum += share;
                for (int k = 0; k < width; k++) {
                    mixed[k] += share * other[value + k];
                }
            }
            for (int k = 0; k < width; k++) {
                y[head * width + k] = (float) (mixed[k] / sum);
            }
        }
        return y;
    }

    @ParameterizedTest
    @CsvSource({"1,1,2", "6,2,32", "4,4,6", "5,1,7"})
    void aTokenSeesAllBeforeItAndItself(final int heads, final int groups, final int width) {
        final int tokens = 23;
        final float[][] rows = RandomArrays.random(1, tokens, (heads + 2 * groups) * width);
        final CachedAttention attention = new CachedAttention(heads, groups, width, tokens);
        final float[] y = new float[heads * width];
        for (int i = 0; i < tokens; i++) {
            attention.apply(rows[i], y);
            assertArrayEquals(expected(Arrays.copyOf(rows, i + 1), rows[i], heads, groups, width), y, 1e-5f, "token " + i);
        }
        assertThrows(IllegalStateException.class, () -> attention.apply(rows[0], y));
    }

    @Test
    void whatWasReadCountsAsIfItHadBeenFed() {
        final float[][] rows = RandomArrays.random(1, 6, (4 + 2 * 2) * 3);
        final CachedAttention fed = new CachedAttention(4, 2, 3, 6);
        final float[] expected = new float[12];
        final float[] keys = new float[2 * 5 * 3];
        final float[] values = new float[2 * 5 * 3];
        for (int i = 0; i < 5; i++) {
            fed.apply(rows[i], expected);
            for (int group = 0; group < 2; group++) {
                System.arraycopy(rows[i], (4 + group) * 3, keys, (group * 5 + i) * 3, 3);
                System.arraycopy(rows[i], (6 + group) * 3, values, (group * 5 + i) * 3, 3);
            }
        }
        fed.apply(rows[5], expected);
        final CachedAttention read = new CachedAttention(4, 2, 3, 6);
        read.append(keys, values, 5);
        assertEquals(5, read.tokens());
        final float[] y = new float[12];
        read.apply(rows[5], y);
        assertArrayEquals(expected, y);
    }
}
