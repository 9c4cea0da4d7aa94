package dev.continuo.policy.playback;

/**
 * One arm's columns of a chunk, and the curve through its rows.
 *
 * <p>Between rows {@code a} and {@code b} at the fraction {@code u} the curve is the cubic Hermite piece
 * {@code (2u^3 - 3u^2 + 1) a + (u^3 - 2u^2 + u) m_a + (3u^2 - 2u^3) b + (u^3 - u^2) m_b}. The slope {@code m} at a row is that of
 * Catmull and Rom, half the difference of its neighbours, clamped to three times the smaller of the two adjoining differences, and zero
 * where these differ in sign (Fritsch and Carlson): the curve has no corners and never leaves the span of the two rows.
 */
final class PlayedChunk {
    final double[] values;
    final int columns;
    int rows;
    long sequence;
    long observedAtNanos;
    long firstRowAtNanos;
    long reasoningObservedAtNanos;

    PlayedChunk(final int maxRows, final int columns) {
        values = new double[maxRows * columns];
        this.columns = columns;
    }

    void copyFrom(final ActionChunk chunk, final int firstColumn) {
        rows = chunk.rows;
        sequence = chunk.sequence;
        observedAtNanos = chunk.observedAtNanos;
        firstRowAtNanos = chunk.observedAtNanos + chunk.firstRowDelayNanos;
        reasoningObservedAtNanos = chunk.reasoningObservedAtNanos;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                values[row * columns + column] = chunk.values[row * chunk.columns + firstColumn + column];
            }
        }
    }

    /** Where the chunk is at a time, counted in rows. */
    double placeAt(final long nowNanos, final long rowPeriodNanos) {
        return (double) (nowNanos - firstRowAtNanos) / rowPeriodNanos;
    }

    /** Whether its last row is over. */
    boolean isOver(final long nowNanos, final long rowPeriodNanos) {
        return nowNanos - firstRowAtNanos > (rows - 1) * rowPeriodNanos;
    }

    /** The curve at a place counted in rows; before the first and after the last row it stays there. */
    void sample(final double place, final double[] out) {
        final double bounded = Math.max(0, Math.min(rows - 1, place));
        final int row = Math.min((int) bounded, Math.max(0, rows - 2));
        final double u = bounded - row;
        final int next = Math.min(row + 1, rows - 1);
        final double square = u * u;
        final double cube = square * u;
        for (int column = 0; column < columns; column++) {
            out[column] = (2 * cube - 3 * square + 1) * value(row, column) + (cube - 2 * square + u) * slope(row, column)
                + (3 * square - 2 * cube) * value(next, column) + (cube - square) * slope(next, column);
        }
    }

    private double slope(final int row, final int column) {
        final double before = row > 0 ? value(row, column) - value(row - 1, column) : Double.NaN;
        final double after = row < rows - 1 ? value(row + 1, column) - value(row, column) : Double.NaN;
        if (row == 0) {
            return rows == 1 ? 0 : after;
        }
        if (row == rows - 1) {
            return before;
        }
        if (before * after <= 0) {
            return 0;
        }
        final double most = 3 * Math.min(Math.abs(before), Math.abs(after));
        return Math.max(-most, Math.min(most, (before + after) / 2));
    }

    private double value(final int row, final int column) {
        return values[row * columns + column];
    }
}
