package dev.continuo.reasoning.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelfAttentionTest {

    @ParameterizedTest
    @CsvSource({"1,1,1", "7,3,10", "50,4,32"})
    void eachRowIsAMixtureOfAllValues(final int rows, final int heads, final int headWidth) {
        final int width = heads * headWidth;
        final float[][] x = RandomArrays.random(1, rows, 3 * width);
        final float[][] y = new float[rows][width];
        final SelfAttention attention = new SelfAttention(rows, heads, headWidth);
        attention.apply(x, y);
        for (int i = 0; i < rows; i++) {
            for (int feature = 0; feature < width; feature++) {
                assertEquals(expected(x, i, feature, headWidth, width), y[i][feature], 1e-5, "row " + i + " feature " + feature);
            }
        }
        assertEquals(0, RandomArrays.leastAllocatedBy(200, () -> attention.apply(x, y)));
    }

    private static double expected(final float[][] x, final int row, final int feature, final int headWidth, final int width) {
        final int begin = feature / headWidth * headWidth;
        double sum = 0;
        double mixed = 0;
        for (final float[] other : x) {
            double score = 0;
            for (int k = begin; k < begin + headWidth; k++) {
                score += (double) x[row][k] * other[width + k];
            }
            final double weight = Math.exp(score / Math.sqrt(headWidth));
            sum += weight;
            mixed += weight * other[2 * width + feature];
        }
        return mixed / sum;
    }
}
