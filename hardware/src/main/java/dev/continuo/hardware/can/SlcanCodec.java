package dev.continuo.hardware.can;

import java.nio.ByteBuffer;

/**
 * Frames as lines of serial-line CAN (Lawicel ASCII): {@code tIIILDD..} with a carriage return, {@code T} for 29-bit identifiers,
 * {@code r} and {@code R} for remote frames.
 */
public final class SlcanCodec {
    /** Ends every line. */
    public static final byte RETURN = 0x0D;
    /** An adapter's answer to what it does not accept. */
    public static final byte BELL = 0x07;
    /** The longest line of a frame, with time stamp and carriage return. */
    public static final int LONGEST_LINE = 1 + 8 + 1 + 16 + 4 + 1;

    private static final byte[] DIGITS = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
    };

    private SlcanCodec() {
    }

    /**
     * Writes a frame as one line.
     *
     * @param id           identifier with the flags of {@link CanFrames}
     * @param milliseconds time stamp modulo 60 000, or -1 for none
     * @param out          has room for {@link #LONGEST_LINE} bytes
     */
    public static void encode(final int id, final long data, final int length, final int milliseconds, final ByteBuffer out) {
        final boolean extended = (id & CanFrames.EXTENDED_FLAG) != 0;
        final boolean remote = (id & CanFrames.REMOTE_FLAG) != 0;
        if (remote) {
            out.put((byte) (extended ? 'R' : 'r'));
        } else {
            out.put((byte) (extended ? 'T' : 't'));
        }
        hex(id & (extended ? CanFrames.EXTENDED_MASK : CanFrames.STANDARD_MASK), extended ? 8 : 3, out);
        out.put(DIGITS[length]);
        if (!remote) {
            for (int i = 0; i < length; i++) {
                hex(CanFrames.byteAt(data, i), 2, out);
            }
        }
        if (milliseconds >= 0) {
            hex(milliseconds, 4, out);
        }
        out.put(RETURN);
    }

    private static void hex(final int value, final int digits, final ByteBuffer out) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.put(DIGITS[value >>> shift & 0xF]);
        }
    }

    /** Whether a line of this first letter is a frame. */
    public static boolean isFrame(final byte letter) {
        return letter == 't' || letter == 'T' || letter == 'r' || letter == 'R';
    }

    /**
     * Reads a line as a frame, with or without a time stamp.
     *
     * @param line   without its carriage return
     * @param length bytes of the line
     * @return false if it is no well-formed frame; the handler is not called then
     */
    public static boolean decode(final byte[] line, final int length, final CanFrameHandler handler, final long nowNanos) {
        if (length == 0 || !isFrame(line[0])) {
            return false;
        }
        final boolean extended = line[0] == 'T' || line[0] == 'R';
        final boolean remote = line[0] == 'r' || line[0] == 'R';
        final int idDigits = extended ? 8 : 3;
        if (length < idDigits + 2) {
            return false;
        }
        final long id = number(line, 1, idDigits);
        final long count = number(line, 1 + idDigits, 1);
        if (id < 0 || id > CanFrames.EXTENDED_MASK || !extended && id > CanFrames.STANDARD_MASK || count < 0
            || count > CanFrames.MAX_LENGTH) {
            return false;
        }
        final int start = 2 + idDigits;
        final int end = remote ? start : start + 2 * (int) count;
        if (length != end && (length != end + 4 || number(line, end, 4) < 0)) {
            return false;
        }
        long data = 0;
        for (int i = start; i < end; i += 2) {
            final long value = number(line, i, 2);
            if (value < 0) {
                return false;
            }
            data = CanFrames.withByte(data, (i - start) / 2, (int) value);
        }
        final int flags = (extended ? CanFrames.EXTENDED_FLAG : 0) | (remote ? CanFrames.REMOTE_FLAG : 0);
        handler.onFrame((int) id | flags, data, (int) count, nowNanos);
        return true;
    }

    /** A hexadecimal number in either case, or -1. */
    static long number(final byte[] line, final int from, final int digits) {
        long value = 0;
        for (int i = from; i < from + digits; i++) {
            final int digit = Character.digit(line[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
