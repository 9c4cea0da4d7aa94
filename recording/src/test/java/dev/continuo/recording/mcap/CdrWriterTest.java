package dev.continuo.recording.mcap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class CdrWriterTest {
    private static byte[] bytes(final CdrWriter writer) {
        final byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);
        return bytes;
    }

    private static void assertBytes(final String expected, final CdrWriter writer) {
        assertEquals(expected.replace(" ", ""), HexFormat.of().formatHex(bytes(writer)));
    }

    @Test
    void anEmptyMessageSaysHowItIsEncoded() {
        assertBytes("00010000", new CdrWriter());
    }

    @Test
    void valuesStandAtMultiplesOfTheirSizeFromTheEndOfTheFirstFourBytes() {
        assertBytes("00010000 01 000000 02000000 0300000000000000 04 00 0500", new CdrWriter().uint8(1).uint32(2).uint64(3).uint8(4).uint16(5));
        assertBytes("00010000 01 00000000000000 0000000000000440", new CdrWriter().bool(true).float64(2.5));
        assertBytes("00010000 ff 000000 0000803f", new CdrWriter().uint8(-1).float32(1));
    }

    @Test
    void aStringEndsWithAZeroThatIsCounted() {
        assertBytes("00010000 01000000 00", new CdrWriter().string(""));
        assertBytes("00010000 03000000 c3bc 00 00 02000000 61 00", new CdrWriter().string("ü").string("a"));
    }

    @Test
    void sequencesBeginWithTheirCountAndArraysDoNot() {
        assertBytes("00010000 01000000 00000000 000000000000f03f", new CdrWriter().float64s(1));
        assertBytes("00010000 000000000000f03f", new CdrWriter().float64Array(1));
        assertBytes("00010000 02000000 02000000 6100 0000 02000000 6200", new CdrWriter().strings(List.of("a", "b")));
        assertBytes("00010000 02000000 0809", new CdrWriter().uint8s(new UnsafeBuffer(new byte[] {7, 8, 9}), 1, 2));
    }

    @Test
    void anEmptySequenceOfLargeElementsIsNotPadded() {
        assertBytes("00010000 00000000 07000000", new CdrWriter().float64s().uint32(7));
    }

    @Test
    void whatAMessageBeforeLeftIsNotSeenInThePadding() {
        final CdrWriter writer = new CdrWriter().uint64(-1).uint64(-1);
        assertBytes("00010000 01 00000000000000 0200000000000000", writer.begin().uint8(1).uint64(2));
    }

    /** A value of any kind, by the size of the kind: 0 stands for text. */
    record Value(int size, long bits) {
        void write(final CdrWriter writer) {
            switch (size) {
                case 1 -> writer.uint8((int) bits);
                case 2 -> writer.uint16((int) bits);
                case 4 -> writer.uint32(bits);
                case 8 -> writer.uint64(bits);
                default -> writer.string(Long.toString(bits));
            }
        }

        void assertReadBy(final CdrReader reader) {
            switch (size) {
                case 1 -> assertEquals((byte) bits, reader.int8());
                case 2 -> assertEquals((short) bits, reader.int16());
                case 4 -> assertEquals((int) bits, reader.int32());
                case 8 -> assertEquals(bits, reader.int64());
                default -> assertEquals(Long.toString(bits), reader.string());
            }
        }
    }

    @Provide
    Arbitrary<List<Value>> values() {
        return Arbitraries.of(0, 1, 2, 4, 8).flatMap(size -> Arbitraries.longs().map(bits -> new Value(size, bits))).list().ofMaxSize(60);
    }

    @Property
    void whatIsWrittenIsRead(@ForAll("values") final List<Value> before, @ForAll("values") final List<Value> values) {
        final CdrWriter writer = new CdrWriter();
        before.forEach(value -> value.write(writer));
        writer.begin();
        values.forEach(value -> value.write(writer));
        final CdrReader reader = new CdrReader(bytes(writer));
        values.forEach(value -> value.assertReadBy(reader));
        assertEquals(0, reader.remaining());
    }

    @Property
    void numbersKeepAllTheirBits(@ForAll final double large, @ForAll final float small) {
        final CdrReader reader = new CdrReader(bytes(new CdrWriter().float32(small).float64(large).float64(Double.NaN)));
        assertEquals(small, reader.float32());
        assertEquals(large, reader.float64());
        assertEquals(Double.NaN, reader.float64());
    }
}
