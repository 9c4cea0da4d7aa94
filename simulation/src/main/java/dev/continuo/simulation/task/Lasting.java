package dev.continuo.simulation.task;

/** Whether something has been so for long enough. Times are of one clock. One thread. */
public final class Lasting {
    private final long leastNanos;
    private long sinceNanos = Long.MIN_VALUE;

    /** Something that has to last so long. */
    public Lasting(final long leastNanos) {
        this.leastNanos = leastNanos;
    }

    /** Looks; whether it is so, and has been for long enough. */
    public boolean look(final boolean isSo, final long nowNanos) {
        if (!isSo) {
            sinceNanos = Long.MIN_VALUE;
            return false;
        }
        sinceNanos = sinceNanos == Long.MIN_VALUE ? nowNanos : sinceNanos;
        return nowNanos - sinceNanos >= leastNanos;
    }
}
