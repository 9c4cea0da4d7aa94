package dev.continuo.policy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that the calling thread allocates on the heap. */
final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {
    }

    /** Runs a step often enough to be compiled, then returns the least of three measurements of as many further runs. */
    static long leastOf(final int steps, final Runnable step) {
        for (int i = 0; i < 2 * steps; i++) {
            step.run();
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < steps; i++) {
                step.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
