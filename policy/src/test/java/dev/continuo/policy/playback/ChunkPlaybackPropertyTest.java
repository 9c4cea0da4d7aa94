package dev.continuo.policy.playback;

import dev.continuo.config.ChunkStrategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ChunkPlaybackPropertyTest {
    private static final long ROW = 20_000_000;
    private static final long MAX_AGE = 600_000_000;
    private static final int ROWS = 30;

    /** However chunks arrive, the setpoint at the moment of a takeover is the one that would have been played without it. */
    @Property(tries = 500)
    void setpointsAreContinuousThroughEveryTakeover(@ForAll final long seed) {
        final Random random = new Random(seed);
        final ChunkPlayback playback = new ChunkPlayback(0, 2, ROWS, ROW, MAX_AGE, new ChunkStrategy.Blend(1 + random.nextInt(10)));
        final double[] before = new double[2];
        final double[] after = new double[2];
        long now = random.nextLong(1_000_000_000_000L);
        for (int i = 0; i < 60; i++) {
            now += random.nextLong(6 * ROW);
            final boolean played = playback.sample(now, before) != PlaybackState.IDLE;
            playback.offer(chunk(random, i, now - random.nextLong(5 * ROW)), now);
            playback.sample(now, after);
            if (played) {
                assertEquals(before[0], after[0], 1e-9);
                assertEquals(before[1], after[1], 1e-9);
            }
        }
    }

    /** Setpoints never leave the span of the rows, nor change faster than rows and blending together can. */
    @Property(tries = 500)
    void setpointsStayWithinTheRowsAndMoveNoFasterThanThem(@ForAll final long seed) {
        final Random random = new Random(seed);
        final int blendRows = 2 + random.nextInt(8);
        final ChunkPlayback playback = new ChunkPlayback(0, 2, ROWS, ROW, MAX_AGE, new ChunkStrategy.Blend(blendRows));
        final double[] setpoint = new double[2];
        final double[] last = new double[2];
        final long tick = 2_000_000;
        // Rows lie in [-1, 1]. A Hermite piece is at most 3 times as steep as its chord, a fade adds its ends' differences.
        final double steepest = 3 * 2.0 / ROW + 3 * 2.0 / (blendRows * ROW);
        long now = 0;
        boolean playing = false;
        for (int i = 0; i < 400; i++) {
            now += tick;
            if (i % 97 == 0 || i > 200 && i % 150 == 1) {
                playback.offer(chunk(random, i, now - random.nextLong(3 * ROW)), now);
            }
            final PlaybackState state = playback.sample(now, setpoint);
            for (int column = 0; column < 2 && state != PlaybackState.IDLE; column++) {
                assertTrue(Math.abs(setpoint[column]) <= 1 + 1e-6, "left the rows: " + setpoint[column]);
                if (playing) {
                    assertTrue(Math.abs(setpoint[column] - last[column]) <= steepest * tick + 1e-9, "jumped");
                }
                last[column] = setpoint[column];
            }
            playing = state != PlaybackState.IDLE;
        }
    }

    /** Garbage in shapes, times and clocks never raises, never plays past the end, and never yields anything but finite setpoints. */
    @Property(tries = 1000)
    void anySequenceOfOffersAndTimesIsSurvived(@ForAll final long seed) {
        final Random random = new Random(seed);
        final ChunkPlayback playback = new ChunkPlayback(0, 2, ROWS, ROW, MAX_AGE, new ChunkStrategy.Blend(random.nextInt(6)));
        final double[] setpoint = new double[2];
        long now = random.nextBoolean() ? random.nextLong() : 0;
        for (int i = 0; i < 100; i++) {
            now = switch (random.nextInt(12)) {
                case 0 -> random.nextLong();
                case 1 -> now - random.nextLong(5 * ROW);
                default -> now + random.nextLong(2 * ROW);
            };
            final ActionChunk chunk = chunk(random, random.nextInt(5) == 0 ? random.nextLong() : i, now - random.nextLong(5 * ROW));
            switch (random.nextInt(10)) {
                case 0 -> chunk.rows = random.nextInt();
                case 1 -> chunk.columns = random.nextInt();
                case 2 -> chunk.observedAtNanos = random.nextLong();
                case 3 -> chunk.set(random.nextInt(ROWS), random.nextInt(2), Float.NaN);
                default -> { }
            }
            final ChunkVerdict verdict = playback.offer(chunk, now);
            final PlaybackState state = playback.sample(now, setpoint);
            if (state != PlaybackState.IDLE) {
                assertTrue(Math.abs(setpoint[0]) <= 1 + 1e-6 && Math.abs(setpoint[1]) <= 1 + 1e-6, "left the rows");
            }
            if (state == PlaybackState.PLAYING && playback.clockJumps() == 0) {
                assertTrue(now - playback.observedAtNanos() <= (ROWS - 1) * ROW, "played past the end");
            }
            if (verdict == ChunkVerdict.ACCEPTED) {
                assertEquals(PlaybackState.PLAYING, state);
                assertTrue(now - chunk.observedAtNanos <= MAX_AGE, "took a stale chunk");
            }
        }
    }

    private static ActionChunk chunk(final Random random, final long sequence, final long observedAtNanos) {
        final ActionChunk chunk = new ActionChunk(ROWS, 2);
        chunk.rows = ROWS;
        chunk.sequence = sequence;
        chunk.observedAtNanos = observedAtNanos;
        for (int i = 0; i < ROWS * 2; i++) {
            chunk.values[i] = 2 * random.nextFloat() - 1;
        }
        return chunk;
    }
}
