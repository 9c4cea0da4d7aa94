package dev.continuo.supervision.process;

import dev.continuo.config.RestartProfile;
import java.util.ArrayDeque;
import java.util.OptionalLong;

/**
 * How long to wait before the next restart, and when to give up: exponential back-off within a sliding window.
 *
 * <p>Used by one thread; the time is handed in.
 */
public final class RestartBudget {
    private final RestartProfile profile;
    private final ArrayDeque<Long> failures = new ArrayDeque<>();

    /** A budget without failures so far. */
    public RestartBudget(final RestartProfile profile) {
        this.profile = profile;
    }

    /**
     * Counts a failure.
     *
     * @param nowNanos when it happened
     * @return nanoseconds to wait before the restart; empty once more than {@code maxRestarts} failures lie within the window
     */
    public OptionalLong failed(final long nowNanos) {
        while (!failures.isEmpty() && nowNanos - failures.peekFirst() > profile.windowNanos()) {
            failures.removeFirst();
        }
        failures.addLast(nowNanos);
        if (failures.size() > profile.maxRestarts()) {
            return OptionalLong.empty();
        }
        final int doublings = Math.min(failures.size() - 1, 30);
        return OptionalLong.of(Math.min(profile.maxBackoffNanos(), profile.minBackoffNanos() << doublings));
    }
}
