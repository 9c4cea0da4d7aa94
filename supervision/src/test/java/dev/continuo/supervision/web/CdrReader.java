package dev.continuo.supervision.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** Reads what a {@link dev.continuo.recording.mcap.CdrWriter} writes, field by field. */
final class CdrReader {
    private static final int ENCAPSULATION = 4;

    private final ByteBuffer bytes;

    CdrReader(final ByteBuffer bytes) {
        this.bytes = bytes.position(ENCAPSULATION);
    }

    private void align(final int size) {
        bytes.position(bytes.position() + (-(bytes.position() - ENCAPSULATION) & (size - 1)));
    }

    int uint8() {
        return bytes.get() & 0xFF;
    }

    int int32() {
        align(Integer.BYTES);
        return bytes.getInt();
    }

    String string() {
        final byte[] utf8 = new byte[int32()];
        bytes.get(utf8);
        return new String(utf8, 0, utf8.length - 1, StandardCharsets.UTF_8);
    }

    String[] strings() {
        return IntStream.range(0, int32()).mapToObj(i -> string()).toArray(String[]::new);
    }

    double[] float64s() {
        return IntStream.range(0, int32()).mapToDouble(i -> {
            align(Double.BYTES);
            return bytes.getDouble();
        }).toArray();
    }

    /** Nanoseconds of a time. */
    long time() {
        return int32() * 1_000_000_000L + int32();
    }

    int left() {
        return bytes.remaining();
    }
}
