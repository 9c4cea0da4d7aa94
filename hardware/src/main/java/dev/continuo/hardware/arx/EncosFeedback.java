package dev.continuo.hardware.arx;

/**
 * What an ENCOS motor sends on its own identifier. The top three bits are the type, the next five the error.
 *
 * <p>Type 1, the reply to a hybrid command: position 16, velocity 12, current 12, temperature of the motor 8, temperature of the
 * transistors 8; a temperature is (raw - 50) / 2 degrees. Positions wrap around at the end of their range.
 */
public final class EncosFeedback {
    /** The reply to a hybrid command. */
    public static final int STATE = 1;
    /** The reply to a configuration. */
    public static final int CONFIGURATION = 4;
    /** The reply to a query. */
    public static final int QUERY = 5;
    /** The reply to a write. */
    public static final int WRITE = 6;
    /** The error that is only a warning. */
    public static final int TEMPERATURE_WARNING = 8;

    private EncosFeedback() {
    }

    /** A state frame of physical values, each clamped to its range. */
    public static long pack(
        final MotorRanges ranges,
        final int error,
        final float position,
        final float velocity,
        final float current,
        final int motorCelsius,
        final int mosfetCelsius) {
        return (long) STATE << 61
            | (error & 0x1FL) << 56
            | (long) FixedPoint.quantize(position, -ranges.position(), ranges.position(), 16) << 40
            | (long) FixedPoint.quantize(velocity, -ranges.velocity(), ranges.velocity(), 12) << 28
            | (long) FixedPoint.quantize(current, -ranges.current(), ranges.current(), 12) << 16
            | (2 * motorCelsius + 50 & 0xFFL) << 8
            | 2 * mosfetCelsius + 50 & 0xFFL;
    }

    /** The type of the frame. */
    public static int type(final long data) {
        return (int) (data >>> 61);
    }

    /** The error of any type of frame; 0 is none. */
    public static int error(final long data) {
        return (int) (data >>> 56) & 0x1F;
    }

    /** Measured position, rad. */
    public static float position(final MotorRanges ranges, final long data) {
        return FixedPoint.restore((int) (data >>> 40) & 0xFFFF, -ranges.position(), ranges.position(), 16);
    }

    /** Measured velocity, rad/s. */
    public static float velocity(final MotorRanges ranges, final long data) {
        return FixedPoint.restore((int) (data >>> 28) & 0xFFF, -ranges.velocity(), ranges.velocity(), 12);
    }

    /** Measured current, A. */
    public static float current(final MotorRanges ranges, final long data) {
        return FixedPoint.restore((int) (data >>> 16) & 0xFFF, -ranges.current(), ranges.current(), 12);
    }

    /** Temperature of the motor, degrees Celsius. */
    public static int motorCelsius(final long data) {
        return (((int) (data >>> 8) & 0xFF) - 50) / 2;
    }

    /** Temperature of the transistors, degrees Celsius. */
    public static int mosfetCelsius(final long data) {
        return (((int) data & 0xFF) - 50) / 2;
    }

    /** What an error means and what to do about it, for people. */
    public static String describe(final int error) {
        return switch (error) {
            case 0 -> "no error";
            case 1 -> "motor over temperature: let it cool down";
            case 2 -> "over-current: look for a collision or a jam";
            case 3 -> "voltage too high: check the 24 V supply";
            case 4 -> "voltage too low: check the 24 V supply";
            case 5 -> "encoder error: power-cycle the arm";
            case 6 -> "brake voltage too high";
            case 7 -> "gate driver error: power-cycle the arm";
            case TEMPERATURE_WARNING -> "temperature warning";
            default -> "unknown error " + error;
        };
    }
}
