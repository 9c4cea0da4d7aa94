package dev.continuo.config;

/**
 * What one arm may do, per axis. Joints in radians, the gripper (the last axis) in metres of opening; derivatives per second.
 *
 * @param minimum      lowest position
 * @param maximum      highest position
 * @param velocity     highest speed, positive
 * @param acceleration highest acceleration, positive
 * @param jerk         highest jerk, positive
 * @param workspace    where the tool may be, in the cell's frame
 */
public record AxisLimits(
    AxisVector minimum,
    AxisVector maximum,
    AxisVector velocity,
    AxisVector acceleration,
    AxisVector jerk,
    Workspace workspace) {

    /**
     * An axis-aligned box in the cell's frame: x away from the arms, y to the left, z up from the table, metres.
     */
    public record Workspace(double minX, double maxX, double minY, double maxY, double minZ, double maxZ) {
    }
}
