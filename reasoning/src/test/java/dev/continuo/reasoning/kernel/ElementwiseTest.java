package dev.continuo.reasoning.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ElementwiseTest {
    private static final int COUNT = 100_003;
    private static final double SQUARE_ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI);

    /** Evenly spread values from {@code -limit} to {@code limit}. */
    private static float[] spread(final double limit) {
        final float[] values = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            values[i] = (float) (limit * (2.0 * i / (COUNT - 1) - 1));
        }
        return values;
    }

    private static void assertWithin(final double tolerance, final float[] x, final float[] y, final DoubleUnaryOperator exact) {
        for (int i = 0; i < x.length; i++) {
            assertEquals(exact.applyAsDouble(x[i]), y[i], tolerance, "at " + x[i]);
        }
    }

    @Test
    void theExponentialIsWithinTwoUnitsInTheLastPlace() {
        final float[] x = spread(87);
        final float[] y = x.clone();
        Elementwise.exp(y, new float[COUNT], COUNT);
        for (int i = 0; i < COUNT; i++) {
            final double exact = Math.exp(x[i]);
            assertTrue(Math.abs(y[i] - exact) <= 2 * Math.ulp((float) exact), "exp " + x[i] + " = " + y[i] + " instead of " + exact);
        }
    }

    @Test
    void theExponentialClampsAndKeepsWhatIsNoNumber() {
        final float[] x = {Float.NEGATIVE_INFINITY, -1e30f, 1e30f, Float.NaN, 0};
        Elementwise.exp(x, new float[5], 5);
        assertTrue(x[0] >= 0 && x[0] < 1.2e-38f && x[1] == x[0]);
        assertTrue(x[2] > 1e38f && Float.isFinite(x[2]));
        assertTrue(Float.isNaN(x[3]));
        assertEquals(1, x[4]);
    }

    @Test
    void theTanhGeluIsWithinAMillionth() {
        for (final double limit : new double[] {0.01, 3, 12, 1000}) {
            final float[] x = spread(limit);
            final float[] y = x.clone();
            Elementwise.geluTanh(y, COUNT);
            assertWithin(1e-6 + 1e-7 * limit, x, y, v -> v / 2 * (1 + Math.tanh(SQUARE_ROOT_2_OVER_PI * (v + 0.044715 * v * v * v))));
        }
        final float[] none = {Float.NaN};
        Elementwise.geluTanh(none, 1);
        assertTrue(Float.isNaN(none[0]));
    }

    @Test
    void theExactGeluHasTheKnownValues() {
        final float[] x = {-10, -1, -0.5f, 0, 0.5f, 1, 3, 10, Float.NaN};
        Elementwise.gelu(x, x.length);
        final double[] exact = {0, -0.15865525393145707, -0.15426876936299344, 0, 0.34573123063700656, 0.8413447460685429, 2.99595030590511, 10};
        for (int i = 0; i < exact.length; i++) {
            assertEquals(exact[i], x[i], 1e-7 * Math.max(1, Math.abs(exact[i])));
        }
        assertTrue(Float.isNaN(x[8]));
    }

    @Test
    void siluIsThatOfTheLogisticFunction() {
        final float[] x = spread(30);
        final float[] plain = x.clone();
        Elementwise.silu(plain, COUNT);
        assertWithin(2e-6, x, plain, v -> v / (1 + Math.exp(-v)));
        final float[] gate = spread(100);
        final float[] up = new float[COUNT];
        java.util.Arrays.fill(up, 2);
        Elementwise.gatedSilu(gate, up, new float[COUNT], new float[COUNT], COUNT);
        assertWithin(3e-5, spread(100), gate, v -> 2 * v / (1 + Math.exp(-v)));
    }

    @Test
    void sumsAreThoseOfTheElements() {
        final float[] y = {1, 2, 3};
        Elementwise.add(y, new float[] {10, 20, 30}, 2);
        Elementwise.addScaled(y, new float[] {2, 3, 4}, new float[] {100, 100, 100}, 2);
        assertEquals(211, y[0]);
        assertEquals(322, y[1]);
        assertEquals(3, y[2]);
    }
}
