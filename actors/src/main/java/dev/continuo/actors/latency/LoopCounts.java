package dev.continuo.actors.latency;

/**
 * How a periodic loop has kept its time. Advanced by the loop's thread, read by any.
 */
public final class LoopCounts {
    /** Ticks run. */
    public final Count ticks = new Count();
    /** Ticks that began more than a period after their deadline. */
    public final Count missed = new Count();
    /** Deadlines that passed without a tick. */
    public final Count skipped = new Count();
    /** Ticks after the warm-up. */
    public final Count warmTicks = new Count();
    /** Bytes that the thread allocated in its ticks after the warm-up. */
    public final Count warmAllocatedBytes = new Count();

    /** Bytes allocated per tick after the warm-up; 0 before it. */
    public double allocatedBytesPerTick() {
        final long ticksCounted = warmTicks.get();
        return ticksCounted == 0 ? 0 : (double)warmAllocatedBytes.get() / ticksCounted;
    }
}
