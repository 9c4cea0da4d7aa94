package dev.continuo.benchmarks.bus;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** What a process that polls does when there is nothing. */
public enum Idle {
    /** Offers its core to others and looks again: right where processes share few cores. */
    YIELDING,
    /** Spins and yields for a moment, then sleeps for up to a millisecond: kind to others, slow to notice. */
    BACKOFF,
    /** Looks again at once: fastest, needs a core for each process. */
    SPINNING;

    /** A new strategy. */
    IdleStrategy create() {
        return switch (this) {
            case YIELDING -> new YieldingIdleStrategy();
            case BACKOFF -> new BackoffIdleStrategy();
            case SPINNING -> new BusySpinIdleStrategy();
        };
    }
}
