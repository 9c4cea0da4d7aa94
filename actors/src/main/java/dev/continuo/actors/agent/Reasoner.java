package dev.continuo.actors.agent;

import dev.continuo.perception.Frame;

/**
 * The vision-language model as the reasoning agent sees it. Used by one thread.
 */
public interface Reasoner extends AutoCloseable {

    /**
     * Reasons about the newest pictures. Takes long.
     *
     * @param pictures    one of each camera, in the profile's order; valid during the call
     * @param instruction what the robot is asked to do
     * @param progress    told of every token
     * @return the reasoning, or null if {@code progress} cancelled it
     */
    Thought reason(Frame[] pictures, String instruction, Progress progress);

    @Override
    void close();

    /** Hears of a reasoning while it comes into being, on the reasoner's thread. */
    @FunctionalInterface
    interface Progress {

        /**
         * A token was generated.
         *
         * @param textSoFar the whole text up to now
         * @return whether to go on
         */
        boolean onToken(CharSequence textSoFar);
    }

    /**
     * A finished reasoning.
     *
     * @param text      in words
     * @param embedding its condition {@code r} for the policy
     * @param tokens    generated
     */
    record Thought(String text, float[] embedding, int tokens) {
    }
}
