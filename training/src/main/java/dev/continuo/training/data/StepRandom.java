package dev.continuo.training.data;

import java.util.SplittableRandom;

/**
 * The random source of one step of a run: a function of the run's seed and the step's number alone, so that a run can be resumed anywhere.
 *
 * <p>Not simply seeded with a number that grows from step to step: generators of the SplitMix family that are seeded a multiple of their
 * increment apart draw the same sequence, a few places on, and so every step would see nearly the samples of the one before.
 */
public final class StepRandom {
    private static final long STEP = 0xD1B54A32D192ED03L;

    private StepRandom() {
    }

    /** The source of a step. */
    public static SplittableRandom at(final long seed, final long step) {
        final long mixedSeed = new SplittableRandom(seed).nextLong();
        return new SplittableRandom(new SplittableRandom(mixedSeed + step * STEP).nextLong());
    }
}
