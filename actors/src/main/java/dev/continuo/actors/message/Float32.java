package dev.continuo.actors.message;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/** Vectors of float32, little endian, as the data fields of chunks and reasonings carry them. */
public final class Float32 {
    private Float32() {
    }

    /** Reads {@code count} values at {@code index} into the start of {@code target}. */
    public static void read(final DirectBuffer buffer, final int index, final float[] target, final int count) {
        for (int i = 0; i < count; i++) {
            target[i] = buffer.getFloat(index + i * Float.BYTES, LITTLE_ENDIAN);
        }
    }

    /** Writes the first {@code count} values of {@code source} at {@code index}. */
    public static void write(final MutableDirectBuffer buffer, final int index, final float[] source, final int count) {
        for (int i = 0; i < count; i++) {
            buffer.putFloat(index + i * Float.BYTES, source[i], LITTLE_ENDIAN);
        }
    }
}
