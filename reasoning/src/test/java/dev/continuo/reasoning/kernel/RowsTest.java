package dev.continuo.reasoning.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
    private static final int HEADER_BYTES = 16;

    @ParameterizedTest
    @ValueSource(ints = {1, 14, 16, 17, 128})
    void rowsFillWholeCacheLines(final int width) {
        final float[][] rows = Rows.of(3, width);
        assertEquals(3, rows.length);
        for (final float[] row : rows) {
            assertTrue(row.length >= width);
            assertEquals(0, (HEADER_BYTES + row.length * Float.BYTES) % 64);
        }
    }
}
