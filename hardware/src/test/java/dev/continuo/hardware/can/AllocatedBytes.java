package dev.continuo.hardware.can;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what the calling thread allocates. */
public final class AllocatedBytes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedBytes() {
    }

    /**
     * Warms {@code cycle} up and then counts the bytes that further cycles allocate.
     *
     * @param warmUp   uncounted cycles
     * @param measured counted cycles
     * @return bytes allocated by the counted cycles
     */
    public static long over(final int warmUp, final int measured, final Runnable cycle) {
        for (int i = 0; i < warmUp; i++) {
            cycle.run();
        }
        THREADS.getCurrentThreadAllocatedBytes();
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < measured; i++) {
            cycle.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
