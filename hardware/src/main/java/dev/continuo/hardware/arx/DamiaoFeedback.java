package dev.continuo.hardware.arx;

/**
 * The state frame of a Damiao motor, eight bytes on the identifier that its MST_ID register names (0 in ARX arms).
 *
 * <p>From the most significant bit: status 4, motor id 4, position 16, velocity 12, torque 12, temperature of the transistors 8,
 * temperature of the coil 8.
 */
public final class DamiaoFeedback {
    /** The identifier that state frames and register replies arrive on. */
    public static final int CAN_ID = 0x000;
    /** Not enabled, no fault. */
    public static final int DISABLED = 0x0;
    /** Enabled. */
    public static final int ENABLED = 0x1;
    /** Over-voltage; from here up every status is a fault that left the motor limp. */
    public static final int OVER_VOLTAGE = 0x8;
    /** Under-voltage. */
    public static final int UNDER_VOLTAGE = 0x9;
    /** Over-current. */
    public static final int OVER_CURRENT = 0xA;
    /** Transistors over 120 degrees. */
    public static final int MOSFET_HOT = 0xB;
    /** Coil over its limit. */
    public static final int COIL_HOT = 0xC;
    /** No command within the motor's time-out. */
    public static final int COMMUNICATION_LOST = 0xD;
    /** Overload. */
    public static final int OVERLOAD = 0xE;

    private DamiaoFeedback() {
    }

    /** A state frame of physical values, each clamped to its range. */
    public static long pack(
        final MotorRanges ranges,
        final int status,
        final int motorId,
        final float position,
        final float velocity,
        final float torque,
        final int mosfetCelsius,
        final int coilCelsius) {
        return (status & 0xFL) << 60
            | (motorId & 0xFL) << 56
            | (long) FixedPoint.quantize(position, -ranges.position(), ranges.position(), 16) << 40
            | (long) FixedPoint.quantize(velocity, -ranges.velocity(), ranges.velocity(), 12) << 28
            | (long) FixedPoint.quantize(torque, -ranges.torque(), ranges.torque(), 12) << 16
            | (mosfetCelsius & 0xFFL) << 8
            | coilCelsius & 0xFFL;
    }

    /** The status nibble. */
    public static int status(final long data) {
        return (int) (data >>> 60);
    }

    /** The low four bits of the motor's identifier. */
    public static int motorId(final long data) {
        return (int) (data >>> 56) & 0xF;
    }

    /** Measured position, rad. */
    public static float position(final MotorRanges ranges, final long data) {
        return FixedPoint.restore((int) (data >>> 40) & 0xFFFF, -ranges.position(), ranges.position(), 16);
    }

    /** Measured velocity, rad/s. */
    public static float velocity(final MotorRanges ranges, final long data) {
        return FixedPoint.restore((int) (data >>> 28) & 0xFFF, -ranges.velocity(), ranges.velocity(), 12);
    }

    /** Measured torque at the output, Nm. */
    public static float torque(final MotorRanges ranges, final long data) {
        return FixedPoint.restore((int) (data >>> 16) & 0xFFF, -ranges.torque(), ranges.torque(), 12);
    }

    /** Temperature of the transistors, degrees Celsius. */
    public static int mosfetCelsius(final long data) {
        return (int) (data >>> 8) & 0xFF;
    }

    /** Temperature of the coil, degrees Celsius. */
    public static int coilCelsius(final long data) {
        return (int) data & 0xFF;
    }

    /** What a status means and what to do about it, for people. */
    public static String describe(final int status) {
        return switch (status) {
            case DISABLED -> "disabled: it left the enabled state by itself";
            case ENABLED -> "enabled";
            case OVER_VOLTAGE -> "over-voltage: check the 24 V supply";
            case UNDER_VOLTAGE -> "under-voltage: check the 24 V supply";
            case OVER_CURRENT -> "over-current: look for a collision or a jam";
            case MOSFET_HOT -> "transistors over temperature: let it cool down";
            case COIL_HOT -> "coil over temperature: let it cool down";
            case COMMUNICATION_LOST -> "communication lost: no command within its time-out";
            case OVERLOAD -> "overload: look for a collision or too heavy a load";
            default -> "unknown status " + status;
        };
    }
}
