package dev.continuo.config;

/**
 * Where an arm's base stands in the cell's frame (x away from the arms, y left, z up, origin on the table top).
 *
 * @param x          metres
 * @param y          metres
 * @param z          metres
 * @param yawRadians rotation about z
 */
public record BasePose(double x, double y, double z, double yawRadians) {
}
