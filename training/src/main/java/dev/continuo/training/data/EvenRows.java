package dev.continuo.training.data;

import java.util.List;

/**
 * Numbers that were taken at one rate, at another: between two of them, what lies between.
 *
 * @param values      one row for each moment
 * @param periodNanos between two moments
 */
public record EvenRows(List<float[]> values, long periodNanos) {
    /** Copies the list. */
    public EvenRows {
        values = List.copyOf(values);
    }

    /** The numbers at a moment, counted from the first row; those of the last row after the end. */
    public float[] at(final long nanos) {
        final int row = (int) Math.min(nanos / periodNanos, values.size() - 1);
        final float[] before = values.get(row);
        if (row == values.size() - 1) {
            return before.clone();
        }
        final float share = (float) (nanos - row * periodNanos) / periodNanos;
        final float[] after = values.get(row + 1);
        final float[] between = new float[before.length];
        for (int i = 0; i < between.length; i++) {
            between[i] = before[i] + share * (after[i] - before[i]);
        }
        return between;
    }

    /** Whether a moment is not after the last row. */
    public boolean holds(final long nanos) {
        return nanos <= (values.size() - 1) * periodNanos;
    }
}
