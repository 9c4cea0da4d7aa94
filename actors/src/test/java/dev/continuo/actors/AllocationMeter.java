package dev.continuo.actors;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;

/** Counts the bytes that the calling thread allocates on the heap. */
public final class AllocationMeter {
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    private AllocationMeter() {
    }

    /** Bytes allocated by this thread since it began. */
    public static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Runs the step often enough to be compiled, then returns the least of three measurements of {@code steps} further runs. */
    public static long leastAllocatedBy(final int steps, final Runnable step) {
        for (int i = 0; i < 2 * steps; i++) {
            step.run();
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            final long before = allocatedBytes();
            for (int i = 0; i < steps; i++) {
                step.run();
            }
            least = Math.min(least, allocatedBytes() - before);
        }
        return least;
    }
}
