package dev.continuo.hardware.arx;

import java.util.concurrent.TimeUnit;

/**
 * How the driver runs an arm.
 *
 * @param periodNanos       one control cycle
 * @param motorTimeoutNanos the time after which motors go limp without commands; 0 leaves their own setting alone
 * @param rampNanos         from damped to full stiffness while arming
 * @param fadeNanos         from full gravity torque to none while damping
 * @param missedReplies     unanswered commands in a row that a motor may leave
 * @param silentNanos       a motor counts as silent only after this time as well: a short stall of the host is no fault of a motor
 * @param overTorqueCycles  cycles in a row that a motor may report more than its torque limit
 */
public record ArxSettings(
    long periodNanos,
    long motorTimeoutNanos,
    long rampNanos,
    long fadeNanos,
    int missedReplies,
    long silentNanos,
    int overTorqueCycles) {

    /** The usual settings at a control rate. */
    public static ArxSettings atRate(final int rateHz) {
        return new ArxSettings(
            TimeUnit.SECONDS.toNanos(1) / rateHz,
            0,
            TimeUnit.MILLISECONDS.toNanos(1000),
            TimeUnit.MILLISECONDS.toNanos(1500),
            10,
            TimeUnit.MILLISECONDS.toNanos(100),
            20);
    }

    /** The same with a time-out in the motors. */
    public ArxSettings withMotorTimeout(final long nanos) {
        return new ArxSettings(periodNanos, nanos, rampNanos, fadeNanos, missedReplies, silentNanos, overTorqueCycles);
    }
}
