package dev.continuo.policy.playback;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.continuo.config.ChunkStrategy;
import org.junit.jupiter.api.Test;

class EnsembleTest {
    private static final long ROW = 20_000_000;
    private static final int ROWS = 4;
    private static final double DECAY = 0.5;

    private final ChunkPlayback playback = new ChunkPlayback(1, 2, ROWS, ROW, 10 * ROW, new ChunkStrategy.Ensemble(DECAY));
    private final double[] position = new double[2];

    /** A chunk that is everywhere at one value, but for the column that is not played. */
    private static ActionChunk level(final long sequence, final long observedAtNanos, final float value) {
        final ActionChunk chunk = new ActionChunk(ROWS, 3);
        chunk.rows = ROWS;
        chunk.sequence = sequence;
        chunk.observedAtNanos = observedAtNanos;
        for (int row = 0; row < ROWS; row++) {
            chunk.set(row, 0, 99);
            chunk.set(row, 1, value);
            chunk.set(row, 2, -value);
        }
        return chunk;
    }

    private double at(final long nowNanos, final PlaybackState expected) {
        assertEquals(expected, playback.sample(nowNanos, position));
        assertEquals(-position[0], position[1], 1e-12);
        return position[0];
    }

    @Test
    void chunksAreAveragedWithTheOldestWeighingMost() {
        playback.offer(level(1, 0, 1), 0);
        assertEquals(1, at(ROW, PlaybackState.PLAYING), 1e-12);
        playback.offer(level(2, ROW, 3), ROW);
        final double weight = Math.exp(-DECAY);
        assertEquals((1 + 3 * weight) / (1 + weight), at(ROW, PlaybackState.PLAYING), 1e-12);
        playback.offer(level(3, 2 * ROW, 8), 2 * ROW);
        assertEquals((1 + 3 * weight + 8 * weight * weight) / (1 + weight + weight * weight), at(3 * ROW, PlaybackState.PLAYING), 1e-12);
        assertEquals((3 + 8 * weight) / (1 + weight), at(3 * ROW + 1, PlaybackState.PLAYING), 1e-12, "the first is over, the second is the oldest now");
        assertEquals(8, at(5 * ROW, PlaybackState.PLAYING), 1e-12);
        position[0] = 0;
        position[1] = 0;
        assertEquals(8, at(9 * ROW, PlaybackState.EXHAUSTED), 1e-12);
    }

    @Test
    void whatWasForgottenIsAveragedNoMore() {
        playback.offer(level(1, 0, 1), 0);
        playback.offer(level(2, 1, 7), 1);
        playback.reset();
        assertEquals(PlaybackState.IDLE, playback.sample(ROW, position));
        playback.offer(level(2, ROW, 3), ROW);
        assertEquals(3, at(ROW, PlaybackState.PLAYING), 1e-12);
    }

    @Test
    void ofVeryManyChunksTheOldestAreForgotten() {
        final ChunkPlayback crowded = new ChunkPlayback(1, 2, ROWS, ROW, 10 * ROW, new ChunkStrategy.Ensemble(0));
        for (int i = 0; i < Ensemble.MOST + 10; i++) {
            crowded.offer(level(i, i, i < 10 ? 1000 : 1), i);
        }
        crowded.sample(Ensemble.MOST + 10, position);
        assertArrayEquals(new double[] {1, -1}, position, 1e-12);
    }
}
