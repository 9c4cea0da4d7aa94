package dev.continuo.supervision.web;

import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.NanoClock;

/** Lets so many requests a second pass, and as many at once. Safe for use by any thread. */
final class RateLimit {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final NanoClock clock;
    private final long nanosEach;
    /** When all that have passed would have passed one by one. */
    private final AtomicLong busyUntilNanos;

    RateLimit(final int perSecond, final NanoClock clock) {
        this.clock = clock;
        nanosEach = SECOND_NANOS / perSecond;
        busyUntilNanos = new AtomicLong(clock.nanoTime());
    }

    /** Whether one more may pass now. */
    boolean pass() {
        final long nowNanos = clock.nanoTime();
        while (true) {
            final long busy = busyUntilNanos.get();
            final long next = (busy - nowNanos > 0 ? busy : nowNanos) + nanosEach;
            if (next - nowNanos > SECOND_NANOS) {
                return false;
            }
            if (busyUntilNanos.compareAndSet(busy, next)) {
                return true;
            }
        }
    }
}
