package dev.continuo.hardware.can;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Counts what the calling thread allocates. */
public final class AllocatedBytes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Of a round that allocates: until the compiler, which on a busy computer waits for a core, is done with the cycle. */
    private static final int ROUNDS = 20;

    private AllocatedBytes() {
    }

    /**
     * Warms {@code cycle} up and then counts the bytes that further cycles allocate, in the first round that allocates nothing, or else in the best of
     * {@value #ROUNDS}: the JVM itself may allocate on the thread's behalf until the cycle is compiled, while what a cycle allocates is in every round.
     *
     * @param warmUp   uncounted cycles
     * @param measured counted cycles of one round
     * @return bytes allocated by the counted cycles
     */
    public static long over(final int warmUp, final int measured, final Runnable cycle) {
        run(warmUp, cycle);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            LockSupport.parkNanos(round * TimeUnit.MILLISECONDS.toNanos(10));
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            run(measured, cycle);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static void run(final int cycles, final Runnable cycle) {
        for (int i = 0; i < cycles; i++) {
            cycle.run();
        }
    }
}
