package dev.continuo.hardware.franka;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What stands before each request and each answer over TCP (franka-fci.md section 2).
 *
 * @param command number of the {@link FciCommand}
 * @param request the client's count of its requests, from 0; an answer bears that of its request
 * @param bytes   of the whole message, this header included
 */
public record FciHeader(int command, int request, int bytes) {
    /** Length of a header. */
    public static final int BYTES = 12;

    private static final int REQUEST = 4;
    private static final int SIZE = 8;

    /** Reads a header. */
    public static FciHeader read(final DirectBuffer buffer, final int offset) {
        return new FciHeader(buffer.getInt(offset, LITTLE_ENDIAN), buffer.getInt(offset + REQUEST, LITTLE_ENDIAN),
            buffer.getInt(offset + SIZE, LITTLE_ENDIAN));
    }

    /** Writes a header. */
    public void write(final MutableDirectBuffer buffer, final int offset) {
        buffer.putInt(offset, command, LITTLE_ENDIAN);
        buffer.putInt(offset + REQUEST, request, LITTLE_ENDIAN);
        buffer.putInt(offset + SIZE, bytes, LITTLE_ENDIAN);
    }
}
