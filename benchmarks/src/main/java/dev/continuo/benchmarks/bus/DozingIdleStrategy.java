package dev.continuo.benchmarks.bus;

import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * Another strategy while there is work, sleep when there has been none for a while: so that an echo whose turn is over leaves its core to
 * the next.
 */
final class DozingIdleStrategy implements IdleStrategy {
    private static final long AWAKE_NANOS = 50_000_000L;
    private static final long DOZE_NANOS = 1_000_000L;

    private final IdleStrategy awake;
    private long lastWorkNanos = System.nanoTime();

    DozingIdleStrategy(final IdleStrategy awake) {
        this.awake = awake;
    }

    @Override
    public void idle(final int workCount) {
        if (workCount > 0) {
            reset();
        } else {
            idle();
        }
    }

    @Override
    public void idle() {
        if (System.nanoTime() - lastWorkNanos > AWAKE_NANOS) {
            LockSupport.parkNanos(DOZE_NANOS);
        } else {
            awake.idle();
        }
    }

    @Override
    public void reset() {
        lastWorkNanos = System.nanoTime();
        awake.reset();
    }
}
