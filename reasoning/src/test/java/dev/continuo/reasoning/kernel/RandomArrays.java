package dev.continuo.reasoning.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;

/** Random arrays, and what a computation over them allocates. */
final class RandomArrays {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private RandomArrays() {
    }

    /** Normally distributed values. */
    static float[] random(final long seed, final int size) {
        final Random random = new Random(seed);
        final float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Rows of normally distributed values. */
    static float[][] random(final long seed, final int rows, final int size) {
        final float[][] values = new float[rows][];
        for (int i = 0; i < rows; i++) {
            values[i] = random(seed * 1000 + i, size);
        }
        return values;
    }

    /** The least of three measurements of the bytes that many runs allocate, after as many to have them compiled. */
    static long leastAllocatedBy(final int runs, final Runnable run) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 4; round++) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < runs; i++) {
                run.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
