package dev.continuo.recording.mcap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads little-endian CDR for tests; padding that is not zero is an error. */
final class CdrReader {
    private final ByteBuffer body;

    CdrReader(final byte[] message) {
        assertEquals(0x00010000, ByteBuffer.wrap(message).getInt(), "encapsulation");
        body = ByteBuffer.wrap(message, 4, message.length - 4).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private CdrReader aligned(final int size) {
        while (body.position() % size != 0) {
            assertEquals(0, body.get(), "padding");
        }
        return this;
    }

    int int8() {
        return body.get();
    }

    int int16() {
        return aligned(2).body.getShort();
    }

    int int32() {
        return aligned(4).body.getInt();
    }

    long int64() {
        return aligned(8).body.getLong();
    }

    float float32() {
        return aligned(4).body.getFloat();
    }

    double float64() {
        return aligned(8).body.getDouble();
    }

    String string() {
        final byte[] utf8 = new byte[int32() - 1];
        body.get(utf8);
        assertEquals(0, body.get(), "end of a string");
        return new String(utf8, StandardCharsets.UTF_8);
    }

    int remaining() {
        return body.remaining();
    }
}
