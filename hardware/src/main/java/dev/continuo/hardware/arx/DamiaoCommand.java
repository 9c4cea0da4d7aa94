package dev.continuo.hardware.arx;

/**
 * Frames from host to a Damiao motor on the motor's own identifier, eight bytes.
 *
 * <p>The MIT command is, from the most significant bit: position 16, velocity 12, kp 12, kd 12, torque 12. The motor answers the law
 * torque = kp (position - measured) + kd (velocity - measured) + torque.
 */
public final class DamiaoCommand {
    /** Enters the enabled state. */
    public static final long ENABLE = 0xFFFF_FFFF_FFFF_FFFCL;
    /** Leaves it: the motor goes limp. */
    public static final long DISABLE = 0xFFFF_FFFF_FFFF_FFFDL;
    /** Makes the present position the zero, in flash. The driver never sends it. */
    public static final long SET_ZERO = 0xFFFF_FFFF_FFFF_FFFEL;
    /** Clears a latched fault. */
    public static final long CLEAR_ERROR = 0xFFFF_FFFF_FFFF_FFFBL;

    private DamiaoCommand() {
    }

    /** An MIT command of physical values, each clamped to its range. */
    public static long pack(
        final MotorRanges ranges, final float kp, final float kd, final float position, final float velocity, final float torque) {
        return packRaw(
            FixedPoint.quantize(position, -ranges.position(), ranges.position(), 16),
            FixedPoint.quantize(velocity, -ranges.velocity(), ranges.velocity(), 12),
            FixedPoint.quantize(kp, 0.0f, ranges.kp(), 12),
            FixedPoint.quantize(kd, 0.0f, ranges.kd(), 12),
            FixedPoint.quantize(torque, -ranges.torque(), ranges.torque(), 12));
    }

    /** An MIT command of raw fields. */
    public static long packRaw(final int position, final int velocity, final int kp, final int kd, final int torque) {
        return (position & 0xFFFFL) << 48 | (velocity & 0xFFFL) << 36 | (kp & 0xFFFL) << 24 | (kd & 0xFFFL) << 12 | torque & 0xFFFL;
    }

    /** Whether the motor takes the frame as one of the special commands, not as an MIT command. */
    public static boolean isSpecial(final long data) {
        return data >= CLEAR_ERROR && data <= SET_ZERO;
    }

    /** The position field. */
    public static int rawPosition(final long data) {
        return (int) (data >>> 48) & 0xFFFF;
    }

    /** The velocity field. */
    public static int rawVelocity(final long data) {
        return (int) (data >>> 36) & 0xFFF;
    }

    /** The stiffness field. */
    public static int rawKp(final long data) {
        return (int) (data >>> 24) & 0xFFF;
    }

    /** The damping field. */
    public static int rawKd(final long data) {
        return (int) (data >>> 12) & 0xFFF;
    }

    /** The torque field. */
    public static int rawTorque(final long data) {
        return (int) data & 0xFFF;
    }

    /** Commanded position, rad. */
    public static float position(final MotorRanges ranges, final long data) {
        return FixedPoint.restore(rawPosition(data), -ranges.position(), ranges.position(), 16);
    }

    /** Commanded velocity, rad/s. */
    public static float velocity(final MotorRanges ranges, final long data) {
        return FixedPoint.restore(rawVelocity(data), -ranges.velocity(), ranges.velocity(), 12);
    }

    /** Stiffness, Nm/rad. */
    public static float kp(final MotorRanges ranges, final long data) {
        return FixedPoint.restore(rawKp(data), 0.0f, ranges.kp(), 12);
    }

    /** Damping, Nm s/rad. */
    public static float kd(final MotorRanges ranges, final long data) {
        return FixedPoint.restore(rawKd(data), 0.0f, ranges.kd(), 12);
    }

    /** Feed-forward torque, Nm. */
    public static float torque(final MotorRanges ranges, final long data) {
        return FixedPoint.restore(rawTorque(data), -ranges.torque(), ranges.torque(), 12);
    }
}
