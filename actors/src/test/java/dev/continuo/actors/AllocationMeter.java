package dev.continuo.actors;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Counts the bytes that the calling thread allocates on the heap. */
public final class AllocationMeter {
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    private static final int ROUNDS = 20;

    private AllocationMeter() {
    }

    /** Bytes allocated by this thread since it began. */
    public static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /**
     * Warms the step up, then counts what {@code steps} further runs allocate, in the first round that allocates nothing, or else in the best of {@value #ROUNDS}: the JVM itself may allocate on the
     * thread's behalf until the step is compiled, for which the compiler may wait for a core; what a step allocates is in every round.
     */
    public static long leastAllocatedBy(final int steps, final Runnable step) {
        run(2 * steps, step);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            LockSupport.parkNanos(round * TimeUnit.MILLISECONDS.toNanos(10));
            final long before = allocatedBytes();
            run(steps, step);
            least = Math.min(least, allocatedBytes() - before);
        }
        return least;
    }

    private static void run(final int steps, final Runnable step) {
        for (int i = 0; i < steps; i++) {
            step.run();
        }
    }
}
