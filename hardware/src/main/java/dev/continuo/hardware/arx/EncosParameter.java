package dev.continuo.hardware.arx;

/**
 * Parameters of an ENCOS motor: queries, their replies, and the one write that the driver makes.
 *
 * <p>A query is two bytes, 0xE0 and the code. The reply is of type {@link EncosFeedback#QUERY}: D1 the code, then for a range the
 * minimum in D2, D3 and the maximum in D4, D5, high byte first, in steps of one for stiffness and damping, of 0.01 for position and
 * velocity, of 0.1 for torque and current.
 */
public final class EncosParameter {
    /** The range of stiffness. */
    public static final int KP_RANGE = 23;
    /** The range of damping. */
    public static final int KD_RANGE = 24;
    /** The range of positions. */
    public static final int POSITION_RANGE = 25;
    /** The range of velocities. */
    public static final int VELOCITY_RANGE = 26;
    /** The range of torques. */
    public static final int TORQUE_RANGE = 27;
    /** The range of currents, the last of the ranges. */
    public static final int CURRENT_RANGE = 28;
    /** Bytes of a query. */
    public static final int QUERY_LENGTH = 2;
    /** Bytes of the reply to a query of a range. */
    public static final int RANGE_LENGTH = 6;
    /** Bytes of {@link #writeTimeout}. */
    public static final int TIMEOUT_LENGTH = 4;

    private static final int MODE_WRITE = 0xC0;
    private static final int MODE_QUERY = 0xE0;
    private static final int WRITE_TIMEOUT = 0x0B;

    private EncosParameter() {
    }

    /** A query of a parameter, {@value #QUERY_LENGTH} bytes. */
    public static long query(final int code) {
        return (long) MODE_QUERY << 56 | (code & 0xFFL) << 48;
    }

    /** The parameter that a query asks for or a reply tells. */
    public static int code(final long data) {
        return (int) (data >>> 48) & 0xFF;
    }

    /** The reply to the query of a range, {@value #RANGE_LENGTH} bytes. */
    public static long packRange(final int code, final int error, final float minimum, final float maximum) {
        final float unit = unit(code);
        return (long) EncosFeedback.QUERY << 61
            | (error & 0x1FL) << 56
            | (code & 0xFFL) << 48
            | (Math.round(minimum / unit) & 0xFFFFL) << 32
            | (Math.round(maximum / unit) & 0xFFFFL) << 16;
    }

    /** The lower end of a range in a reply. */
    public static float minimum(final long data) {
        return raw(data, 32) * unit(code(data));
    }

    /** The upper end of a range in a reply. */
    public static float maximum(final long data) {
        return raw(data, 16) * unit(code(data));
    }

    /** Sets the time after which the motor goes limp without commands, {@value #TIMEOUT_LENGTH} bytes. */
    public static long writeTimeout(final int milliseconds) {
        return (long) MODE_WRITE << 56 | (long) WRITE_TIMEOUT << 48 | (milliseconds & 0xFFFFL) << 32;
    }

    private static int raw(final long data, final int shift) {
        final int code = code(data);
        final int bits = (int) (data >>> shift) & 0xFFFF;
        return code == KP_RANGE || code == KD_RANGE ? bits : (short) bits;
    }

    private static float unit(final int code) {
        return switch (code) {
            case POSITION_RANGE, VELOCITY_RANGE -> 0.01f;
            case TORQUE_RANGE, CURRENT_RANGE -> 0.1f;
            default -> 1.0f;
        };
    }
}
