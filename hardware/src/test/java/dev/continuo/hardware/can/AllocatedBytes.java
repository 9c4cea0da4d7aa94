package dev.continuo.hardware.can;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what the calling thread allocates. */
public final class AllocatedBytes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedBytes() {
    }

    /**
     * Warms {@code cycle} up and then counts the bytes that further cycles allocate: the least of three rounds, because the JVM
     * itself may allocate once on the thread's behalf when it replaces compiled code, while what a cycle allocates is in every round.
     *
     * @param warmUp   uncounted cycles
     * @param measured counted cycles of one round
     * @return bytes allocated by the counted cycles
     */
    public static long over(final int warmUp, final int measured, final Runnable cycle) {
        run(warmUp, cycle);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
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
