package dev.continuo.training.data;

import java.util.Map;

/**
 * What a batch is made of.
 *
 * @param counts how many examples of each kind; of those that are missing there is none
 */
public record Mixture(Map<Lesson, Integer> counts) {
    /** Copies the counts. */
    public Mixture {
        counts = Map.copyOf(counts);
    }

    /** Examples of a kind. */
    public int of(final Lesson lesson) {
        return counts.getOrDefault(lesson, 0);
    }
}
