package dev.continuo.hardware.arx;

/**
 * The hybrid command of an ENCOS motor, eight bytes on the motor's own identifier.
 *
 * <p>From the most significant bit: mode 000, kp 12, kd 9, position 16, velocity 12, torque 12. There is no enabling: the motor
 * follows the next hybrid command at once.
 */
public final class EncosCommand {
    private EncosCommand() {
    }

    /** A hybrid command of physical values, each clamped to its range. */
    public static long pack(
        final MotorRanges ranges, final float kp, final float kd, final float position, final float velocity, final float torque) {
        return packRaw(
            FixedPoint.quantize(kp, 0.0f, ranges.kp(), 12),
            FixedPoint.quantize(kd, 0.0f, ranges.kd(), 9),
            FixedPoint.quantize(position, -ranges.position(), ranges.position(), 16),
            FixedPoint.quantize(velocity, -ranges.velocity(), ranges.velocity(), 12),
            FixedPoint.quantize(torque, -ranges.torque(), ranges.torque(), 12));
    }

    /** A hybrid command of raw fields. */
    public static long packRaw(final int kp, final int kd, final int position, final int velocity, final int torque) {
        return (kp & 0xFFFL) << 49 | (kd & 0x1FFL) << 40 | (position & 0xFFFFL) << 24 | (velocity & 0xFFFL) << 12 | torque & 0xFFFL;
    }

    /** The mode in the top three bits: 0 is the hybrid command, 6 writes a parameter, 7 queries one. */
    public static int mode(final long data) {
        return (int) (data >>> 61);
    }

    /** The stiffness field. */
    public static int rawKp(final long data) {
        return (int) (data >>> 49) & 0xFFF;
    }

    /** The damping field. */
    public static int rawKd(final long data) {
        return (int) (data >>> 40) & 0x1FF;
    }

    /** The position field. */
    public static int rawPosition(final long data) {
        return (int) (data >>> 24) & 0xFFFF;
    }

    /** The velocity field. */
    public static int rawVelocity(final long data) {
        return (int) (data >>> 12) & 0xFFF;
    }

    /** The torque field. */
    public static int rawTorque(final long data) {
        return (int) data & 0xFFF;
    }

    /** Stiffness, Nm/rad. */
    public static float kp(final MotorRanges ranges, final long data) {
        return FixedPoint.restore(rawKp(data), 0.0f, ranges.kp(), 12);
    }

    /** Damping, Nm s/rad. */
    public static float kd(final MotorRanges ranges, final long data) {
        return FixedPoint.restore(rawKd(data), 0.0f, ranges.kd(), 9);
    }

    /** Commanded position, rad. */
    public static float position(final MotorRanges ranges, final long data) {
        return FixedPoint.restore(rawPosition(data), -ranges.position(), ranges.position(), 16);
    }

    /** Commanded velocity, rad/s. */
    public static float velocity(final MotorRanges ranges, final long data) {
        return FixedPoint.restore(rawVelocity(data), -ranges.velocity(), ranges.velocity(), 12);
    }

    /** Feed-forward torque, Nm. */
    public static float torque(final MotorRanges ranges, final long data) {
        return FixedPoint.restore(rawTorque(data), -ranges.torque(), ranges.torque(), 12);
    }
}
