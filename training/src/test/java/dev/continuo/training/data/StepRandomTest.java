package dev.continuo.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StepRandomTest {
    private static final int DRAWS = 100;

    @Test
    void theSameStepDrawsTheSame() {
        assertEquals(StepRandom.at(7, 12).nextLong(), StepRandom.at(7, 12).nextLong());
    }

    @Test
    void noStepDrawsWhatAnotherOneDrew() {
        final Set<Long> drawn = new HashSet<>();
        int draws = 0;
        for (long seed = 0; seed < 5; seed++) {
            for (long step = 0; step < 200; step++) {
                final SplittableRandom random = StepRandom.at(seed, step);
                for (int i = 0; i < DRAWS; i++, draws++) {
                    drawn.add(random.nextLong());
                }
            }
        }
        assertEquals(draws, drawn.size());
    }

    @Test
    void stepsSeeDifferentSamples() {
        final int samples = 1_000_000;
        final Set<Integer> seen = new HashSet<>();
        for (long step = 0; step < 50; step++) {
            StepRandom.at(1, step).ints(64, 0, samples).forEach(seen::add);
        }
        assertTrue(seen.size() > 50 * 64 * 0.99, "only " + seen.size() + " of " + 50 * 64);
    }
}
