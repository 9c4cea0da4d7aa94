package dev.continuo.benchmarks.faults;

import dev.continuo.benchmarks.faults.InjectedFault.Effect;

/**
 * What came of a fault.
 *
 * @param name                  its name
 * @param row                   of the fault matrix
 * @param column                of the fault matrix
 * @param effect                what had to come of it
 * @param restMillis            from its begin until the arms were at rest for a while; negative if they never were
 * @param motionMillis          from its end, or from the moment that it was over in, until the arms moved again
 * @param commandedShareOfLimit the highest speed that a joint was sent at since its begin, as a share of what it is allowed
 * @param commandedOutsideRad   how far outside its limits a joint was sent since its begin
 * @param told                  what the service said first since its begin
 */
public record FaultFigures(
    String name, String row, String column, Effect effect, long restMillis, long motionMillis, double commandedShareOfLimit, double commandedOutsideRad, String told) {
    /** A motor is asked for its speed in steps of some hundredths of a radian per second. */
    private static final double MOST_SHARE = 1.03;
    /** And for its position in steps of a twenty-fifth of a milliradian or so. */
    private static final double MOST_OUTSIDE_RAD = 1e-3;

    /** Whether the arms did what they had to. */
    public boolean isAsExpected() {
        return isInside() && (effect != Effect.REST || restMillis >= 0);
    }

    /** Whether no joint was sent faster or further than it is allowed. */
    public boolean isInside() {
        return commandedShareOfLimit < MOST_SHARE && commandedOutsideRad < MOST_OUTSIDE_RAD;
    }
}
