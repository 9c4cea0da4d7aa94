package dev.continuo.policy.playback;

import dev.continuo.config.ChunkStrategy;
import dev.continuo.config.PlaybackProfile;

/**
 * Plays action chunks for one arm.
 *
 * <p>Row {@code k} of a chunk is due at {@code firstRowAt + k * rowPeriod}; between rows the setpoint follows a smooth curve (see
 * {@link PlayedChunk}). An accepted chunk takes over at once and at the row that is due, not at its first: the time that inference took
 * has passed for the chunk too. How it takes over is the profile's {@link ChunkStrategy}.
 *
 * <p>What is newer is decided by the time of the observation and, for the same observation, by the sequence: so a producer that was
 * restarted and counts from 0 again is taken in at once, while a chunk that was overtaken on its way is not.
 *
 * <p>After the last row there is nothing to play: the state says so, and the caller decelerates.
 *
 * <p>One thread; times come from one monotonic clock and are compared by their differences. Should it jump back by more than a row, everything is forgotten, and playback
 * starts over with the next chunk.
 */
public final class ChunkPlayback {
    private static final int VERDICTS = ChunkVerdict.values().length;

    private final int firstColumn;
    private final int columns;
    private final int maxRows;
    private final long rowPeriodNanos;
    private final long maxAgeNanos;
    private final Succession succession;
    private final long[] counts = new long[VERDICTS];
    private boolean playing;
    private boolean exhausted;
    private boolean clockSeen;
    private long lastNanos;
    private long clockJumps;

    /** Plays all rows and the columns of one arm of a cell. */
    public static ChunkPlayback ofArm(final PlaybackProfile profile, final int firstColumn, final int columns) {
        return new ChunkPlayback(firstColumn, columns, profile.chunkRows(), profile.rowPeriodNanos(),
            profile.chunkMaxAgeNanos(), profile.strategy());
    }

    /**
     * A playback without a chunk.
     *
     * @param firstColumn    the first column of a chunk that this plays
     * @param columns        how many it plays
     * @param maxRows        the most rows of a chunk
     * @param rowPeriodNanos time between two rows, positive
     * @param maxAgeNanos    the age of its observation past which a chunk is not started
     * @param strategy       how a chunk takes over from another
     */
    public ChunkPlayback(final int firstColumn, final int columns, final int maxRows, final long rowPeriodNanos,
                         final long maxAgeNanos, final ChunkStrategy strategy) {
        this.firstColumn = firstColumn;
        this.columns = columns;
        this.maxRows = maxRows;
        this.rowPeriodNanos = rowPeriodNanos;
        this.maxAgeNanos = maxAgeNanos;
        succession = Succession.of(strategy, maxRows, columns, rowPeriodNanos);
    }

    /**
     * Offers a chunk, which is copied if it is accepted.
     *
     * @return what became of it; also counted
     */
    public ChunkVerdict offer(final ActionChunk chunk, final long nowNanos) {
        observeClock(nowNanos);
        final ChunkVerdict verdict = judge(chunk, lastNanos);
        counts[verdict.ordinal()]++;
        if (verdict == ChunkVerdict.ACCEPTED) {
            succession.take(chunk, firstColumn, lastNanos);
            playing = true;
            exhausted = false;
        }
        return verdict;
    }

    /**
     * The setpoint that is due.
     *
     * @param position receives one value per column; the last row's once exhausted; left alone when idle
     */
    public PlaybackState sample(final long nowNanos, final double[] position) {
        observeClock(nowNanos);
        if (!playing) {
            return PlaybackState.IDLE;
        }
        exhausted |= succession.newest().isOver(lastNanos, rowPeriodNanos);
        succession.sample(lastNanos, exhausted, position);
        return exhausted ? PlaybackState.EXHAUSTED : PlaybackState.PLAYING;
    }

    /** Forgets all chunks and what was accepted before: to be called when the arm is armed or the producer starts anew. */
    public void reset() {
        playing = false;
        succession.reset();
        clockSeen = false;
    }

    /** How many offers ended with a verdict since construction. */
    public long count(final ChunkVerdict verdict) {
        return counts[verdict.ordinal()];
    }

    /** How often the clock was seen to jump back by more than a row. */
    public long clockJumps() {
        return clockJumps;
    }

    /** The row that is due, counted from 0; the chunk's last once exhausted, -1 when idle. */
    public int row(final long nowNanos) {
        final PlayedChunk newest = succession.newest();
        if (!playing || exhausted) {
            return playing ? newest.rows - 1 : -1;
        }
        return (int) Math.max(0, Math.min(newest.rows - 1, (nowNanos - newest.firstRowAtNanos) / rowPeriodNanos));
    }

    /** The sequence of the chunk that plays; meaningless when idle. */
    public long sequence() {
        return succession.newest().sequence;
    }

    /** When the observation was taken that the setpoints descend from; meaningless when idle. */
    public long observedAtNanos() {
        return succession.newest().observedAtNanos;
    }

    /** When the observation was taken on which the reasoning behind the setpoints rests; meaningless when idle. */
    public long reasoningObservedAtNanos() {
        return succession.newest().reasoningObservedAtNanos;
    }

    private ChunkVerdict judge(final ActionChunk chunk, final long nowNanos) {
        if (chunk.rows < 1 || chunk.rows > maxRows || chunk.columns < firstColumn + columns
            || chunk.values.length < (long) chunk.rows * chunk.columns) {
            return ChunkVerdict.MALFORMED;
        }
        for (int i = 0; i < chunk.rows * chunk.columns; i++) {
            if (!Float.isFinite(chunk.values[i])) {
                return ChunkVerdict.NON_FINITE;
            }
        }
        final PlayedChunk newest = succession.newest();
        final long newer = chunk.observedAtNanos - newest.observedAtNanos;
        if (playing && (newer < 0 || newer == 0 && chunk.sequence < newest.sequence)) {
            return ChunkVerdict.REORDERED;
        }
        if (playing && newer == 0 && chunk.sequence == newest.sequence) {
            return ChunkVerdict.DUPLICATE;
        }
        final long age = nowNanos - chunk.observedAtNanos;
        if (age < -rowPeriodNanos) {
            return ChunkVerdict.FROM_THE_FUTURE;
        }
        return age > maxAgeNanos || age - chunk.firstRowDelayNanos > lengthOf(chunk.rows) ? ChunkVerdict.STALE : ChunkVerdict.ACCEPTED;
    }

    private long lengthOf(final int rows) {
        return (rows - 1) * rowPeriodNanos;
    }

    /** Keeps time from running backwards; a jump that cannot be jitter ends everything that was timed before it. */
    private void observeClock(final long nowNanos) {
        final long advance = nowNanos - lastNanos;
        if (clockSeen && advance < -rowPeriodNanos) {
            clockJumps++;
            reset();
        }
        if (!clockSeen || advance > 0) {
            clockSeen = true;
            lastNanos = nowNanos;
        }
    }
}
