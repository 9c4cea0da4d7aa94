package dev.continuo.policy.playback;

/**
 * A chunk of actions: a mutable flyweight that its owner fills anew for each chunk.
 *
 * <p>Row {@code k} holds the setpoints for {@code observedAtNanos + firstRowDelayNanos + k * rowPeriod}. Columns are the axes of all arms, left before right:
 * joints in radians and the gripper's opening in metres.
 */
public final class ActionChunk {
    /** In place of the time of a reasoning: the policy was not told any. The null value of the messages. */
    public static final long NO_REASONING = Long.MIN_VALUE;

    /** Rows by columns, row by row; longer than that when the capacity is not used up. */
    public final float[] values;
    /** Rows in use. */
    public int rows;
    /** Columns of each row. */
    public int columns;
    /** Counts the chunks of one producer, rising. */
    public long sequence;
    /** When the observation was taken that this chunk answers. */
    public long observedAtNanos;
    /** From the observation to the moment that row 0 is meant for: how much newer the measured state was than the oldest picture. */
    public long firstRowDelayNanos;
    /** When the observation was taken on which the reasoning behind this chunk rests, or {@link #NO_REASONING}. */
    public long reasoningObservedAtNanos;

    /** An empty chunk with room for {@code maxRows} rows of {@code columns} columns. */
    public ActionChunk(final int maxRows, final int columns) {
        values = new float[maxRows * columns];
        this.columns = columns;
    }

    /** One value. */
    public float at(final int row, final int column) {
        return values[row * columns + column];
    }

    /** Sets one value. */
    public void set(final int row, final int column, final float value) {
        values[row * columns + column] = value;
    }
}
