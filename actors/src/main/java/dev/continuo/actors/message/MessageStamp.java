package dev.continuo.actors.message;

import org.agrona.DirectBuffer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * The header and the four fields that every message begins with, read without knowing its type.
 *
 * <p>Offsets are counted from the message header. A test holds them against the generated codecs. The buffer must have passed
 * {@link MessageCheck}.
 */
public final class MessageStamp {
    /** Bytes from the start of the header to the end of the common fields. */
    public static final int LENGTH = MessageHeaderDecoder.ENCODED_LENGTH + 26;

    private static final int BLOCK = MessageHeaderDecoder.ENCODED_LENGTH;

    private MessageStamp() {
    }

    /** When the world looked as the message describes it, nanoseconds of the monotonic clock. */
    public static long observedAtNanos(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + BLOCK, LITTLE_ENDIAN);
    }

    /** When the message was handed to the bus. */
    public static long publishedAtNanos(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + BLOCK + 8, LITTLE_ENDIAN);
    }

    /** The publisher's count of messages of this type, from 1. */
    public static long sequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + BLOCK + 16, LITTLE_ENDIAN);
    }

    /** Which camera, arm or sensor. */
    public static int index(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + BLOCK + 24, LITTLE_ENDIAN) & 0xFFFF;
    }
}
