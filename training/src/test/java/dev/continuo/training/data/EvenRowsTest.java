package dev.continuo.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvenRowsTest {
    private final EvenRows rows = new EvenRows(List.of(new float[] {0, 10}, new float[] {1, 20}, new float[] {3, 0}), 100);

    @Test
    void betweenTwoRowsIsWhatLiesBetween() {
        assertArrayEquals(new float[] {0, 10}, rows.at(0));
        assertArrayEquals(new float[] {0.25f, 12.5f}, rows.at(25));
        assertArrayEquals(new float[] {1, 20}, rows.at(100));
        assertArrayEquals(new float[] {2, 10}, rows.at(150));
    }

    @Test
    void afterTheEndTheLastRowHolds() {
        assertTrue(rows.holds(200));
        assertArrayEquals(new float[] {3, 0}, rows.at(200));
        assertFalse(rows.holds(201));
        assertArrayEquals(new float[] {3, 0}, rows.at(1_000));
    }
}
