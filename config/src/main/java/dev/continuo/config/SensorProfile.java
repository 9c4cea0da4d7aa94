package dev.continuo.config;

/**
 * One sensor beside the cameras.
 *
 * @param name        the sensor's name, for example {@code wrist}
 * @param kind        which code reads it, for example {@code force-torque}: one that ships or that a plugin brings
 * @param rateHz      readings per second that are published at most
 * @param maxAgeNanos the age past which a reading is not used any more, and its absence is told
 * @param settings    what only that code knows, for example the serial line
 */
public record SensorProfile(String name, String kind, int rateHz, long maxAgeNanos, PluginSettings settings) {
}
