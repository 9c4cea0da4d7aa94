package dev.continuo.proving.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Takes an input apart, little-endian; behind its end everything is 0. */
final class InputReader {
    private final ByteBuffer bytes;

    InputReader(final byte[] input) {
        bytes = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean hasMore() {
        return bytes.hasRemaining();
    }

    int unsignedByte() {
        return bytes.hasRemaining() ? bytes.get() & 0xFF : 0;
    }

    int integer() {
        return bytes.remaining() >= Integer.BYTES ? bytes.getInt() : unsignedByte();
    }

    long number() {
        return bytes.remaining() >= Long.BYTES ? bytes.getLong() : integer();
    }

    float single() {
        return Float.intBitsToFloat(integer());
    }

    /** The next bytes; fewer where the input ends. */
    byte[] some(final int count) {
        final byte[] some = new byte[Math.min(count, bytes.remaining())];
        bytes.get(some);
        return some;
    }
}
