package dev.continuo.policy.playback;

import dev.continuo.config.ChunkStrategy;

/** How the setpoint passes from one chunk to the next, on one arm's columns. Once a chunk was taken there is always a newest one. For one thread; nothing is allocated after construction. */
sealed interface Succession permits CrossFade, Ensemble {

    /** The succession of a strategy. */
    static Succession of(final ChunkStrategy strategy, final int maxRows, final int columns, final long rowPeriodNanos) {
        return switch (strategy) {
            case ChunkStrategy.Blend(final int rows) -> new CrossFade(rows, maxRows, columns, rowPeriodNanos);
            case ChunkStrategy.Ensemble(final double decay) -> new Ensemble(decay, maxRows, columns, rowPeriodNanos);
            case ChunkStrategy.Synchronous _, ChunkStrategy.Replace _, ChunkStrategy.RealTime _ -> new CrossFade(0, maxRows, columns, rowPeriodNanos);
        };
    }

    /** Forgets all chunks. */
    void reset();

    /** Takes a chunk over. */
    void take(ActionChunk chunk, int firstColumn, long nowNanos);

    /** The chunk that was taken last; of no meaning before the first. */
    PlayedChunk newest();

    /**
     * The setpoint.
     *
     * @param over     whether the newest chunk is over: the setpoint is then its last row
     * @param position receives one value per column
     */
    void sample(long nowNanos, boolean over, double[] position);
}
