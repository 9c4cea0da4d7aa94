package dev.continuo.hardware.can;

/**
 * The layout of a frame's data in a {@code long}, D0 in the most significant byte, and the flags of Linux CAN identifiers.
 */
public final class CanFrames {
    /** Set in the identifier of a frame with a 29-bit identifier. */
    public static final int EXTENDED_FLAG = 0x8000_0000;
    /** Set in the identifier of a remote frame. */
    public static final int REMOTE_FLAG = 0x4000_0000;
    /** Set in the identifier of an error frame, which the controller makes up itself. */
    public static final int ERROR_FLAG = 0x2000_0000;
    /** The bits of an 11-bit identifier. */
    public static final int STANDARD_MASK = 0x7FF;
    /** The bits of a 29-bit identifier. */
    public static final int EXTENDED_MASK = 0x1FFF_FFFF;
    /** Data bytes of one frame at most. */
    public static final int MAX_LENGTH = 8;

    private CanFrames() {
    }

    /** Byte {@code index} (0 is D0) of the data, 0 to 255. */
    public static int byteAt(final long data, final int index) {
        return (int) (data >>> (56 - 8 * index)) & 0xFF;
    }

    /** The data with byte {@code index} (0 is D0) replaced. */
    public static long withByte(final long data, final int index, final int value) {
        final int shift = 56 - 8 * index;
        return data & ~(0xFFL << shift) | (value & 0xFFL) << shift;
    }

    /** The data with everything past {@code length} bytes cleared. */
    public static long truncate(final long data, final int length) {
        return length == 0 ? 0 : data & -1L << (64 - 8 * length);
    }

    /** Whether a frame of this identifier and length can stand on a classic bus. */
    public static boolean isWellFormed(final int id, final int length) {
        if (length < 0 || length > MAX_LENGTH) {
            return false;
        }
        final int mask = (id & (EXTENDED_FLAG | ERROR_FLAG)) != 0 ? EXTENDED_MASK : STANDARD_MASK;
        return (id & ~(EXTENDED_FLAG | REMOTE_FLAG | ERROR_FLAG) & ~mask) == 0;
    }
}
