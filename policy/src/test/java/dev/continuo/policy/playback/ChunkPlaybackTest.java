package dev.continuo.policy.playback;

import dev.continuo.config.ChunkStrategy;
import dev.continuo.config.PlaybackProfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class ChunkPlaybackTest {
    private static final long ROW = 20_000_000;
    private static final long MAX_AGE = 500_000_000;
    private static final int ROWS = 50;
    private static final int BLEND = 5;

    private final ChunkPlayback playback = new ChunkPlayback(7, 7, ROWS, ROW, MAX_AGE, new ChunkStrategy.Blend(BLEND));
    private final double[] position = new double[7];

    @Test
    void shouldBeIdleBeforeTheFirstChunk() {
        position[0] = 42;
        assertEquals(PlaybackState.IDLE, playback.sample(0, position));
        assertEquals(42, position[0]);
        assertEquals(-1, playback.row(0));
    }

    @Test
    void shouldPlayItsColumnsAtTheRowThatIsDue() {
        assertEquals(ChunkVerdict.ACCEPTED, playback.offer(ramp(1, 1000, 0, 1), 1000 + 3 * ROW));
        assertEquals(PlaybackState.PLAYING, playback.sample(1000 + 3 * ROW, position));
        assertArrayEquals(new double[] {703, 803, 903, 1003, 1103, 1203, 1303}, position, 1e-4);
        playback.sample(1000 + 3 * ROW + ROW / 4, position);
        assertEquals(703.25, position[0], 1e-4);
        assertEquals(3, playback.row(1000 + 3 * ROW + ROW / 4));
        assertEquals(1000, playback.observedAtNanos());
        assertEquals(990, playback.reasoningObservedAtNanos());
    }

    @Test
    void shouldHoldTheFirstRowUntilItIsDue() {
        assertEquals(ChunkVerdict.ACCEPTED, playback.offer(ramp(1, ROW / 2, 0, 1), 0));
        assertEquals(PlaybackState.PLAYING, playback.sample(0, position));
        assertEquals(700, position[0], 1e-4);
    }

    @Test
    void shouldBeExhaustedRightAfterTheLastRowAndStayThere() {
        playback.offer(ramp(1, 0, 0, 1), 0);
        assertEquals(PlaybackState.PLAYING, playback.sample((ROWS - 1) * ROW, position));
        assertEquals(PlaybackState.EXHAUSTED, playback.sample((ROWS - 1) * ROW + 1, position));
        assertEquals(700 + ROWS - 1, position[0], 1e-4);
        assertEquals(PlaybackState.EXHAUSTED, playback.sample(Long.MAX_VALUE / 2, position));
        assertEquals(700 + ROWS - 1, position[0], 1e-4);
    }

    @Test
    void shouldPlayOnWhenAChunkArrivesAfterExhaustion() {
        playback.offer(ramp(1, 0, 0, 1), 0);
        final long later = 60 * ROW;
        assertEquals(PlaybackState.EXHAUSTED, playback.sample(later, position));
        assertEquals(ChunkVerdict.ACCEPTED, playback.offer(ramp(2, later, 40, 1), later + ROW));
        assertEquals(PlaybackState.PLAYING, playback.sample(later + ROW, position));
        assertEquals(749, position[0], 1e-3);
    }

    @Test
    void shouldCrossFadeLinearlyOverTheBlendRows() {
        playback.offer(ramp(1, 0, 0, 0), 0);
        playback.offer(ramp(2, 2 * ROW, 10, 0), 4 * ROW);
        for (int i = 0; i <= BLEND; i++) {
            playback.sample((4 + i) * ROW, position);
            assertEquals(700 + 10.0 * i / BLEND, position[0], 1e-3);
        }
        playback.sample(20 * ROW, position);
        assertEquals(710, position[0], 1e-4);
    }

    @Test
    void shouldSwitchAtOnceWithoutBlendRows() {
        final ChunkPlayback abrupt = new ChunkPlayback(7, 7, ROWS, ROW, MAX_AGE, new ChunkStrategy.Blend(0));
        abrupt.offer(ramp(1, 0, 0, 0), 0);
        abrupt.offer(ramp(2, ROW, 10, 0), 2 * ROW);
        abrupt.sample(2 * ROW, position);
        assertEquals(710, position[0], 1e-4);
    }

    @Test
    void shouldTurnDownAndCountWhatCannotBePlayed() {
        playback.offer(ramp(5, 100 * ROW, 0, 1), 100 * ROW);
        assertOffer(ChunkVerdict.DUPLICATE, ramp(5, 100 * ROW, 0, 1), 101 * ROW);
        assertOffer(ChunkVerdict.REORDERED, ramp(4, 100 * ROW, 0, 1), 101 * ROW);
        assertOffer(ChunkVerdict.REORDERED, ramp(6, 99 * ROW, 0, 1), 101 * ROW);
        assertOffer(ChunkVerdict.STALE, ramp(6, 101 * ROW, 0, 1), 101 * ROW + MAX_AGE + 1);
        assertOffer(ChunkVerdict.FROM_THE_FUTURE, ramp(6, 140 * ROW + 1, 0, 1), 139 * ROW);
        assertOffer(ChunkVerdict.FROM_THE_FUTURE, ramp(6, Long.MAX_VALUE / 2, 0, 1), 139 * ROW);

        final ActionChunk notANumber = ramp(6, 139 * ROW, 0, 1);
        notANumber.set(49, 0, Float.NaN);
        assertOffer(ChunkVerdict.NON_FINITE, notANumber, 139 * ROW);
        notANumber.set(49, 0, Float.NEGATIVE_INFINITY);
        assertOffer(ChunkVerdict.NON_FINITE, notANumber, 139 * ROW);

        final ActionChunk narrow = ramp(6, 139 * ROW, 0, 1);
        narrow.columns = 13;
        assertOffer(ChunkVerdict.MALFORMED, narrow, 139 * ROW);
        final ActionChunk empty = ramp(6, 139 * ROW, 0, 1);
        empty.rows = 0;
        assertOffer(ChunkVerdict.MALFORMED, empty, 139 * ROW);
        empty.rows = ROWS + 1;
        assertOffer(ChunkVerdict.MALFORMED, empty, 139 * ROW);
        empty.rows = ROWS;
        empty.columns = 15;
        assertOffer(ChunkVerdict.MALFORMED, empty, 139 * ROW);
        assertEquals(5, playback.sequence());
    }

    @Test
    void shouldTurnDownAChunkWhoseRowsAreAllOver() {
        final ActionChunk brief = ramp(1, 0, 0, 1);
        brief.rows = 3;
        assertOffer(ChunkVerdict.STALE, brief, 2 * ROW + 1);
        assertEquals(ChunkVerdict.ACCEPTED, new ChunkPlayback(7, 7, ROWS, ROW, MAX_AGE, new ChunkStrategy.Blend(BLEND)).offer(brief, 2 * ROW));
    }

    @Test
    void shouldTakeWhatIsJustGoodEnough() {
        assertEquals(ChunkVerdict.ACCEPTED, playback.offer(ramp(1, 1000 * ROW, 0, 1), 999 * ROW), "as early as the clocks of two processes may differ");
        assertEquals(ChunkVerdict.ACCEPTED, playback.offer(ramp(2, 1001 * ROW, 0, 1), 1001 * ROW + MAX_AGE), "as old as it may be");
    }

    @Test
    void shouldPlayAChunkFromTheMomentThatItsFirstRowIsMeantFor() {
        final ActionChunk late = ramp(1, 100 * ROW, 0, 1);
        late.rows = 3;
        late.firstRowDelayNanos = 2 * ROW;
        assertEquals(ChunkVerdict.ACCEPTED, playback.offer(late, 104 * ROW), "its last row is due just now");
        assertEquals(PlaybackState.PLAYING, playback.sample(103 * ROW, position));
        assertEquals(702, position[0], 1e-4, "time does not run backwards");
        playback.reset();
        assertEquals(ChunkVerdict.ACCEPTED, playback.offer(late, 103 * ROW));
        playback.sample(103 * ROW, position);
        assertEquals(701, position[0], 1e-4);
        playback.reset();
        assertOffer(ChunkVerdict.STALE, late, 104 * ROW + 1);
    }

    @Test
    void shouldPlayAChunkOfOneRow() {
        final ChunkPlayback single = new ChunkPlayback(7, 7, 1, ROW, MAX_AGE, new ChunkStrategy.Replace());
        final ActionChunk one = new ActionChunk(1, 14);
        one.rows = 1;
        one.set(0, 7, 5);
        assertEquals(ChunkVerdict.ACCEPTED, single.offer(one, 0));
        assertEquals(PlaybackState.PLAYING, single.sample(0, position));
        assertEquals(5, position[0]);
        assertEquals(PlaybackState.EXHAUSTED, single.sample(1, position));
        assertEquals(5, position[0]);
        assertEquals(5, one.at(0, 7));
        assertEquals(8, ramp(1, 0, 1, 7).at(1, 0));
    }

    @Test
    void shouldFollowAStraightLineFromTheFirstRowToTheLast() {
        playback.offer(ramp(1, 0, 0, 1), 0);
        for (long nowNanos = 0; nowNanos <= (ROWS - 1) * ROW; nowNanos += ROW / 4) {
            playback.sample(nowNanos, position);
            assertEquals(700 + (double) nowNanos / ROW, position[0], 1e-3);
        }
    }

    @Test
    void shouldTellTheRowThatIsDue() {
        playback.offer(ramp(1, 1000 * ROW, 0, 1), 1000 * ROW);
        assertEquals(0, playback.row(1000 * ROW - 1));
        assertEquals(2, playback.row(1002 * ROW));
        assertEquals(ROWS - 1, playback.row(2000 * ROW), "over, but not seen to be");
        playback.sample(2000 * ROW, position);
        assertEquals(ROWS - 1, playback.row(2000 * ROW));
    }

    @Test
    void shouldPlayTheChunksOfAProfile() {
        final ChunkPlayback arm = ChunkPlayback.ofArm(new PlaybackProfile(ROW, ROWS, 25, MAX_AGE, new ChunkStrategy.Replace()), 7, 7);
        assertEquals(ChunkVerdict.ACCEPTED, arm.offer(ramp(1, 0, 0, 1), 3 * ROW));
        arm.sample(3 * ROW, position);
        assertEquals(703, position[0], 1e-4);
    }

    @Test
    void shouldCallABackwardStepOfARowJitter() {
        playback.offer(ramp(1, 0, 0, 1), 0);
        playback.sample(10 * ROW, position);
        assertEquals(PlaybackState.PLAYING, playback.sample(9 * ROW, position));
        assertEquals(0, playback.clockJumps());
        assertEquals(PlaybackState.IDLE, playback.sample(9 * ROW - 1, position));
        assertEquals(1, playback.clockJumps());
    }

    @Test
    void shouldTakeInARestartedProducerThatCountsFromZero() {
        playback.offer(ramp(90, 0, 0, 1), 0);
        assertEquals(ChunkVerdict.ACCEPTED, playback.offer(ramp(0, ROW, 0, 1), ROW));
    }

    @Test
    void shouldNotPlayBackwardsWhenTheClockJitters() {
        playback.offer(ramp(1, 0, 0, 1), 0);
        playback.sample(10 * ROW, position);
        assertEquals(PlaybackState.PLAYING, playback.sample(10 * ROW - ROW / 2, position));
        assertEquals(710, position[0], 1e-4);
        assertEquals(0, playback.clockJumps());
    }

    @Test
    void shouldStartOverWhenTheClockJumpsBack() {
        playback.offer(ramp(1, 100 * ROW, 0, 1), 100 * ROW);
        playback.sample(110 * ROW, position);
        assertEquals(PlaybackState.IDLE, playback.sample(5 * ROW, position));
        assertEquals(1, playback.clockJumps());
        assertEquals(ChunkVerdict.ACCEPTED, playback.offer(ramp(2, 5 * ROW, 0, 1), 6 * ROW));
        assertEquals(PlaybackState.PLAYING, playback.sample(6 * ROW, position));
        assertEquals(701, position[0], 1e-4);
    }

    @Test
    void shouldBeExhaustedWhenTheClockJumpsAhead() {
        playback.offer(ramp(1, 0, 0, 1), 0);
        assertEquals(PlaybackState.EXHAUSTED, playback.sample(3_600_000_000_000L, position));
    }

    @Test
    void shouldForgetOnReset() {
        playback.offer(ramp(1, 50 * ROW, 0, 1), 50 * ROW);
        playback.reset();
        assertEquals(PlaybackState.IDLE, playback.sample(50 * ROW, position));
        assertEquals(ChunkVerdict.ACCEPTED, playback.offer(ramp(1, 50 * ROW, 0, 1), 51 * ROW));
    }

    @Test
    void shouldNotAllocate() {
        final com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        final ActionChunk chunk = ramp(0, 0, 0, 1);
        long bytes = Long.MAX_VALUE;
        long now = 0;
        for (int round = 0; round < 10 && bytes != 0; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 5_000; i++) {
                now += 4_000_000;
                if (i % 40 == 0) {
                    chunk.sequence++;
                    chunk.observedAtNanos = now - 3 * ROW;
                    playback.offer(chunk, now);
                }
                playback.sample(now, position);
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, bytes);
    }

    private void assertOffer(final ChunkVerdict verdict, final ActionChunk chunk, final long nowNanos) {
        final long before = playback.count(verdict);
        assertEquals(verdict, playback.offer(chunk, nowNanos));
        assertEquals(before + 1, playback.count(verdict));
        assertTrue(verdict != ChunkVerdict.ACCEPTED);
    }

    /** 14 columns: column c of row k is {@code 100 c + offset + slope k}. */
    private static ActionChunk ramp(final long sequence, final long observedAtNanos, final double offset, final double slope) {
        final ActionChunk chunk = new ActionChunk(ROWS, 14);
        chunk.rows = ROWS;
        chunk.sequence = sequence;
        chunk.observedAtNanos = observedAtNanos;
        chunk.reasoningObservedAtNanos = observedAtNanos - 10;
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < 14; column++) {
                chunk.set(row, column, (float) (100 * column + offset + slope * row));
            }
        }
        return chunk;
    }
}
