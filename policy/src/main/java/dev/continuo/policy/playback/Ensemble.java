package dev.continuo.policy.playback;

import java.util.Arrays;

/**
 * All chunks that have a row for the moment are averaged with the weights {@code exp(-m i)}, {@code i} counting from the oldest: the temporal ensembling of ACT (arXiv 2304.13705, section IV-A). The
 * setpoint jumps a little, as there, when a chunk comes and when one is over.
 */
final class Ensemble implements Succession {
    /** Chunks that are averaged at most; of more the oldest are forgotten. */
    static final int MOST = 64;

    private final double decay;
    private final long rowPeriodNanos;
    private final PlayedChunk[] chunks = new PlayedChunk[MOST];
    private final double[] one;
    /** Chunks taken since the reset; the newest is at one less than this, modulo their number. */
    private long taken;

    Ensemble(final double decay, final int maxRows, final int columns, final long rowPeriodNanos) {
        this.decay = decay;
        this.rowPeriodNanos = rowPeriodNanos;
        Arrays.setAll(chunks, _ -> new PlayedChunk(maxRows, columns));
        one = new double[columns];
    }

    @Override
    public void reset() {
        taken = 0;
    }

    @Override
    public void take(final ActionChunk chunk, final int firstColumn, final long nowNanos) {
        at(taken++).copyFrom(chunk, firstColumn);
    }

    @Override
    public PlayedChunk newest() {
        return at(Math.max(0, taken - 1));
    }

    private PlayedChunk at(final long number) {
        return chunks[(int) (number % MOST)];
    }

    @Override
    public void sample(final long nowNanos, final boolean over, final double[] position) {
        if (over) {
            newest().sample(newest().rows - 1, position);
            return;
        }
        Arrays.fill(position, 0, one.length, 0);
        double weight = 1;
        double weights = 0;
        for (long number = Math.max(0, taken - MOST); number < taken; number++) {
            final PlayedChunk chunk = at(number);
            if (!chunk.isOver(nowNanos, rowPeriodNanos)) {
                chunk.sample(chunk.placeAt(nowNanos, rowPeriodNanos), one);
                for (int i = 0; i < one.length; i++) {
                    position[i] += weight * one[i];
                }
                weights += weight;
                weight *= Math.exp(-decay);
            }
        }
        for (int i = 0; i < one.length; i++) {
            position[i] /= weights;
        }
    }
}
