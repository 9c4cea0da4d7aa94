package dev.continuo.simulation.motors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class FieldCodeTest {

    @Property(tries = 300)
    void aValueComesBackWithinOneStepAndNeverAbove(@ForAll @FloatRange(min = -12.5f, max = 12.5f) final float value,
        @ForAll @IntRange(min = 9, max = 16) final int bits) {
        final float step = 25f / ((1 << bits) - 1);
        final float back = FieldCode.decode(FieldCode.encode(value, -12.5f, 12.5f, bits), -12.5f, 12.5f, bits);
        assertTrue(back <= value + 1e-5f && back > value - step - 1e-5f, value + " came back as " + back);
    }

    @Property(tries = 100)
    void whatLiesOutsideIsClamped(@ForAll @FloatRange(min = 13f, max = 1e9f) final float value) {
        assertEquals(0xFFF, FieldCode.encode(value, -12.5f, 12.5f, 12));
        assertEquals(0, FieldCode.encode(-value, -12.5f, 12.5f, 12));
    }

    @Property(tries = 100)
    void bitsAreTakenFromTheMostSignificantEnd(@ForAll @LongRange final long data, @ForAll @IntRange(min = 1, max = 16) final int count,
        @ForAll @IntRange(min = 0, max = 48) final int skipped) {
        final StringBuilder text = new StringBuilder(Long.toBinaryString(data));
        text.insert(0, "0".repeat(64 - text.length()));
        assertEquals(Integer.parseInt(text.substring(skipped, skipped + count), 2), FieldCode.bits(data, skipped, count));
    }
}
