package dev.continuo.config;

/**
 * How action chunks become setpoints.
 *
 * @param rowPeriodNanos    time between two rows of a chunk (20 ms for the 50 Hz of the ARX demonstrations)
 * @param chunkRows         rows in a chunk
 * @param executionHorizon  rows after which the next chunk is wanted
 * @param chunkMaxAgeNanos  the age of its observation past which a chunk is not started
 * @param strategy          how a chunk follows the one that plays
 */
public record PlaybackProfile(
    long rowPeriodNanos, int chunkRows, int executionHorizon, long chunkMaxAgeNanos, ChunkStrategy strategy) {
}
