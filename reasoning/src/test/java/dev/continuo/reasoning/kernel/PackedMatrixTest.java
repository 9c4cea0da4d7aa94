package dev.continuo.reasoning.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedMatrixTest {

    /** What a row gives, in double. */
    private static float[] expected(final float[] weight, final float[] bias, final int inputs, final float[] x) {
        final float[] y = new float[weight.length / inputs];
        for (int i = 0; i < y.length; i++) {
            double sum = null == bias ? 0 : bias[i];
            for (int k = 0; k < inputs; k++) {
                sum += (double) weight[i * inputs + k] * x[k];
            }
            y[i] = (float) sum;
        }
        return y;
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "2,3,2", "3,4,5", "50,14,128", "7,13,31", "4,206,64", "5,31,33", "1,515,17"})
    void rowsAreWeightedSums(final int rows, final int inputs, final int outputs) {
        final float[] weight = RandomArrays.random(1, outputs * inputs);
        final float[] bias = RandomArrays.random(2, outputs);
        final float[][] x = RandomArrays.random(3, rows, inputs);
        for (final float[] offset : new float[][] {bias, null}) {
            final PackedMatrix matrix = PackedMatrix.of(weight, offset, inputs);
            assertEquals(inputs, matrix.inputs());
            assertEquals(outputs, matrix.outputs());
            final float[][] y = RandomArrays.random(4, rows, outputs);
            matrix.apply(x, y, rows);
            final float[] alone = RandomArrays.random(5, outputs + 3);
            final float beyond = alone[outputs];
            for (int i = 0; i < rows; i++) {
                assertArrayEquals(expected(weight, offset, inputs, x[i]), y[i], 1e-6f * (inputs + 4));
                matrix.apply(x[i], alone);
                for (int j = 0; j < outputs; j++) {
                    assertEquals(y[i][j], alone[j], "a row gives the same alone and among others");
                }
                assertEquals(beyond, alone[outputs], "what lies behind the outputs stays as it was");
            }
        }
    }

    @Test
    void someOutputsAreThoseOfTheWhole() {
        final float[] weight = RandomArrays.random(1, 12 * 5);
        final float[] bias = RandomArrays.random(2, 12);
        final float[] x = RandomArrays.random(3, 5);
        final float[] whole = new float[12];
        PackedMatrix.of(weight, bias, 5).apply(x, whole);
        final float[] part = new float[4];
        PackedMatrix.of(weight, bias, 5, 3, 7).apply(x, part);
        assertArrayEquals(java.util.Arrays.copyOfRange(whole, 3, 7), part);
    }

    @Test
    void aRowIsTheWeightsOfItsOutput() {
        final float[] weight = RandomArrays.random(1, 12 * 5);
        final float[] row = new float[5];
        PackedMatrix.of(weight, null, 5).row(7, row);
        assertArrayEquals(java.util.Arrays.copyOfRange(weight, 35, 40), row);
    }

    @Test
    void whatIsPackedIsACopy() {
        final float[] weight = {2};
        final PackedMatrix matrix = PackedMatrix.of(weight, null, 1);
        weight[0] = 3;
        final float[] y = new float[1];
        matrix.apply(new float[] {5}, y);
        assertEquals(10, y[0]);
    }

    @Test
    void lengthsThatDoNotFitAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> PackedMatrix.of(new float[7], null, 2));
        assertThrows(IllegalArgumentException.class, () -> PackedMatrix.of(new float[6], new float[2], 2));
        assertThrows(IllegalArgumentException.class, () -> PackedMatrix.of(new float[6], null, 2, 1, 4));
        assertThrows(IllegalArgumentException.class, () -> PackedMatrix.of(new float[6], null, 2, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> PackedMatrix.of(new float[6], null, 0));
    }

    @Test
    void productsAllocateNothing() {
        final PackedMatrix matrix = PackedMatrix.of(RandomArrays.random(1, 33 * 17), RandomArrays.random(2, 33), 17);
        final float[][] x = RandomArrays.random(3, 5, 17);
        final float[][] y = new float[5][33];
        assertEquals(0, RandomArrays.leastAllocatedBy(1000, () -> {
            matrix.apply(x, y, 5);
            matrix.apply(x[0], y[0]);
        }));
    }
}
