package dev.continuo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class TableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        final Table table = new Table("name", "p50").row(List.of("a", "1.00 us")).row(List.of("longer", "2 ms"));
        assertEquals("name        p50\na       1.00 us\nlonger     2 ms\n", table.render());
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Table("one", "two").row(List.of("1")));
    }

    @Test
    void durationsReadInTheUnitThatSuitsThem() {
        assertEquals("0.25 us", Percentiles.text(250));
        assertEquals("12.3 us", Percentiles.text(12_345));
        assertEquals("999 us", Percentiles.text(999_400));
        assertEquals("1.00 ms", Percentiles.text(1_000_000));
        assertEquals("1500 ms", Percentiles.text(1_500_000_000));
    }

    @Test
    void percentilesAreThoseOfTheHistogram() {
        final Histogram histogram = new Histogram(1_000_000, 3);
        for (int value = 1; value <= 1000; value++) {
            histogram.recordValue(value);
        }
        assertEquals(new Percentiles(1000, 500, 900, 990, 999, 1000), Percentiles.of(histogram));
        assertEquals(new Percentiles(0, 0, 0, 0, 0, 0), Percentiles.of(new Histogram(1000, 3)));
    }
}
