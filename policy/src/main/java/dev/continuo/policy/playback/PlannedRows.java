package dev.continuo.policy.playback;

/**
 * What the rows of a new chunk were planned to be, by the chunk that plays while it is computed: a mutable flyweight that its owner fills for each chunk. For one thread.
 *
 * <p>Row {@code i} is where the playing chunk is at the moment for which row {@code i} of the new one is meant.
 */
public final class PlannedRows {
    /** H x A values in SI units, row by row; meaningless from row {@link #rows} on. */
    public final float[] values;
    /** How far the playing chunk reaches, in rows of the new one; 0 if there is nothing to continue. */
    public int rows;
    /** How many rows will have been played before the new chunk can take over; at most {@link #rows}. */
    public int committed;

    /** Nothing planned, with room for a chunk. */
    public PlannedRows(final int chunkRows, final int columns) {
        values = new float[chunkRows * columns];
    }
}
