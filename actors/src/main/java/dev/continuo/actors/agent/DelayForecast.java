package dev.continuo.actors.agent;

/**
 * How many rows of the next chunk will have been played when it takes over: the most of the last ten. The first chunk, which warms everything up, counts only as long as it is the only one.
 */
final class DelayForecast {
    private static final int REMEMBERED = 10;

    private final int[] delays = new int[REMEMBERED];
    private final long rowPeriodNanos;
    private long measured;

    DelayForecast(final long rowPeriodNanos) {
        this.rowPeriodNanos = rowPeriodNanos;
    }

    /** Takes in how long after the moment of its first row a chunk was published. */
    void measured(final long delayNanos) {
        final int rows = (int) Math.min(Integer.MAX_VALUE, (Math.max(0, delayNanos) + rowPeriodNanos - 1) / rowPeriodNanos);
        if (measured == 1) {
            delays[0] = 0;
        }
        delays[(int) (measured++ % REMEMBERED)] = rows;
    }

    /** The forecast; 0 before anything was measured. */
    int rows() {
        int most = 0;
        for (final int delay : delays) {
            most = Math.max(most, delay);
        }
        return most;
    }
}
