package dev.continuo.policy.playback;

/** The chunk that was published last, which plays while the next one is computed: what that one has to continue. For one thread; nothing is allocated after construction. */
public final class PublishedChunk {
    private final PlayedChunk chunk;
    private final long rowPeriodNanos;
    private final double[] row;
    private boolean present;

    /** None yet. */
    public PublishedChunk(final int chunkRows, final int columns, final long rowPeriodNanos) {
        chunk = new PlayedChunk(chunkRows, columns);
        row = new double[columns];
        this.rowPeriodNanos = rowPeriodNanos;
    }

    /** Keeps a chunk of which all rows are used, instead of the one before. */
    public void keep(final float[] values, final long firstRowAtNanos) {
        chunk.rows = values.length / chunk.columns;
        chunk.firstRowAtNanos = firstRowAtNanos;
        for (int i = 0; i < values.length; i++) {
            chunk.values[i] = values[i];
        }
        present = true;
    }

    /** There is nothing to continue any more. */
    public void forget() {
        present = false;
    }

    /**
     * Tells what a new chunk has to continue: what plays, along the same curve as on the arm.
     *
     * @param firstRowAtNanos what the new chunk's row 0 is meant for
     * @param committedRows   how many of its rows will have been played before it can take over
     * @param planned         receives it; no rows if there is nothing to continue, or nothing beyond what is committed
     */
    public void continueIn(final long firstRowAtNanos, final int committedRows, final PlannedRows planned) {
        final long shiftNanos = firstRowAtNanos - chunk.firstRowAtNanos;
        final long leftNanos = (chunk.rows - 1) * rowPeriodNanos - shiftNanos;
        final int room = planned.values.length / chunk.columns;
        planned.rows = present && shiftNanos >= 0 && leftNanos >= 0 ? (int) Math.min(room, leftNanos / rowPeriodNanos + 1) : 0;
        if (committedRows >= planned.rows) {
            planned.rows = 0;
        }
        planned.committed = Math.min(committedRows, planned.rows);
        for (int i = 0; i < planned.rows; i++) {
            chunk.sample((double) (shiftNanos + i * rowPeriodNanos) / rowPeriodNanos, row);
            for (int column = 0; column < row.length; column++) {
                planned.values[i * row.length + column] = (float) row[column];
            }
        }
    }
}
