package dev.continuo.supervision.cluster;

import dev.continuo.actors.actor.Wire;

/** What {@code control} tells the other roles. */
public sealed interface ToRole extends Wire {

    /** The arms are back in their ready pose: lay out the next scene. */
    record NextTrial(int after) implements ToRole {
    }

    /**
     * Something else is asked for.
     *
     * @param instruction in words
     */
    record Instructed(String instruction) implements ToRole {
    }

    /**
     * A reasoning was finished.
     *
     * @param text       in words
     * @param aboutNanos when the oldest frame that it is about was exposed
     */
    record ReasoningFinished(String text, long aboutNanos) implements ToRole {
    }
}
