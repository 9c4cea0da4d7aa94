package dev.continuo.config;

/**
 * How failed actors and processes are restarted.
 *
 * @param minBackoffNanos  wait before the first restart
 * @param maxBackoffNanos  longest wait
 * @param maxRestarts      restarts within {@code windowNanos} after which the failure is final
 * @param windowNanos      the window in which restarts are counted
 * @param heartbeatTimeoutNanos silence of an agent or process after which it counts as failed
 */
public record RestartProfile(
    long minBackoffNanos, long maxBackoffNanos, int maxRestarts, long windowNanos, long heartbeatTimeoutNanos) {
}
