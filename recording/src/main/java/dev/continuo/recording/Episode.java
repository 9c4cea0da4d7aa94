package dev.continuo.recording;

import java.util.Optional;

/**
 * One task that the robot was given, from its instruction to its end: the judge's word where there is one, the next instruction, or the end of the recording.
 *
 * @param number        counts from 1 within its recording
 * @param instruction   what was asked
 * @param startedAtNanos when the instruction was given or, where the recording began later, when it was first heard; the messages' clock
 * @param endedAtNanos  the messages' clock; the last message belongs to it
 * @param outcome       the judge's word, which begins with {@code success} or {@code failure}; empty without a judge
 */
public record Episode(int number, String instruction, long startedAtNanos, long endedAtNanos, Optional<String> outcome) {

    /** How long it took. */
    public double seconds() {
        return (endedAtNanos - startedAtNanos) * 1e-9;
    }

    /** Whether a message of that time belongs to it. */
    public boolean holds(final long publishedAtNanos) {
        return publishedAtNanos >= startedAtNanos && publishedAtNanos <= endedAtNanos;
    }
}
