package dev.continuo.config;

/**
 * The simulated cell that stands where hardware stands.
 *
 * @param enabled           whether {@code control} starts a {@code cell} process
 * @param seed              the seed of scenes and equations
 * @param split             which scenes are played: {@code in-domain} or {@code open-world}
 * @param cameraPort        TCP port of the MJPEG camera
 * @param trialTimeoutNanos the time after which a trial counts as failed
 */
public record CellProfile(boolean enabled, long seed, String split, int cameraPort, long trialTimeoutNanos) {
}
