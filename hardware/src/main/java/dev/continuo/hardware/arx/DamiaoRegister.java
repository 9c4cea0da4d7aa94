package dev.continuo.hardware.arx;

/**
 * Register access to Damiao motors: requests on the identifier 0x7FF, replies in the same layout where state frames arrive.
 *
 * <p>D0, D1 motor id, low byte first; D2 operation; D3 register; D4 to D7 the value, a float or unsigned integer, low byte first.
 */
public final class DamiaoRegister {
    /** The identifier that all motors take register requests on. */
    public static final int CAN_ID = 0x7FF;
    /** Read a register. */
    public static final int READ = 0x33;
    /** Write a register until power-off. */
    public static final int WRITE = 0x55;
    /** Save the registers to flash, which wears out. The driver never does. */
    public static final int SAVE = 0xAA;
    /** Ask for one state frame. */
    public static final int REFRESH = 0xCC;

    /** The identifier of the motor's replies. */
    public static final int MST_ID = 7;
    /** The motor's own identifier. */
    public static final int ESC_ID = 8;
    /** The time-out in units of {@link #TIMEOUT_UNIT_NANOS} after which the motor goes limp without commands; 0 is never. */
    public static final int TIMEOUT = 9;
    /** The control mode; 1 is MIT. */
    public static final int CONTROL_MODE = 10;
    /** The position range, a float in rad. */
    public static final int POSITION_RANGE = 21;
    /** The velocity range, a float in rad/s. */
    public static final int VELOCITY_RANGE = 22;
    /** The torque range, a float in Nm. */
    public static final int TORQUE_RANGE = 23;
    /** The unit of {@link #TIMEOUT}. */
    public static final long TIMEOUT_UNIT_NANOS = 50_000;

    private DamiaoRegister() {
    }

    /** A request or a reply. */
    public static long pack(final int motorId, final int operation, final int register, final int value) {
        return (motorId & 0xFFL) << 56
            | (motorId >>> 8 & 0xFFL) << 48
            | (operation & 0xFFL) << 40
            | (register & 0xFFL) << 32
            | Integer.reverseBytes(value) & 0xFFFF_FFFFL;
    }

    /** A request to read a register. */
    public static long read(final int motorId, final int register) {
        return pack(motorId, READ, register, 0);
    }

    /** A request to write an integer register. */
    public static long write(final int motorId, final int register, final int value) {
        return pack(motorId, WRITE, register, value);
    }

    /** The motor's identifier. */
    public static int motorId(final long data) {
        return (int) (data >>> 56) & 0xFF | ((int) (data >>> 48) & 0xFF) << 8;
    }

    /** The operation. */
    public static int operation(final long data) {
        return (int) (data >>> 40) & 0xFF;
    }

    /** The register. */
    public static int register(final long data) {
        return (int) (data >>> 32) & 0xFF;
    }

    /** The value as an integer. */
    public static int intValue(final long data) {
        return Integer.reverseBytes((int) data);
    }

    /** The value as a float. */
    public static float floatValue(final long data) {
        return Float.intBitsToFloat(intValue(data));
    }

    /**
     * Whether a frame on the state frames' identifier can only be a register reply: a state frame with these bytes would come from
     * a disabled motor at the very end of its position range.
     */
    public static boolean looksLikeReply(final long data) {
        final int operation = operation(data);
        return data >>> 60 == 0 && (data >>> 48 & 0xFF) == 0 && (operation == READ || operation == WRITE);
    }
}
