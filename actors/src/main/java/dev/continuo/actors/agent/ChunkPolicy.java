package dev.continuo.actors.agent;

import dev.continuo.perception.Frame;

/**
 * The policy as the action agent sees it: from pictures, state, instruction and reasoning to the next rows of set-points.
 * Used by one thread.
 */
public interface ChunkPolicy extends AutoCloseable {

    /**
     * Computes one chunk.
     *
     * @param request what to condition on; valid during the call
     * @param rows    receives rows × columns values, row after row, in units of the state
     * @return false when no usable chunk came of it: a value was not finite
     */
    boolean chunk(Request request, float[] rows);

    @Override
    void close();

    /** What a chunk is computed from: a mutable holder. */
    final class Request {
        /** The newest picture of each camera, in the profile's order. */
        public final Frame[] pictures;
        /** The measured positions of all arms' axes, in the profile's order. */
        public final double[] state;
        /** What the robot is asked to do. */
        public String instruction = "";
        /** The latest finished reasoning in words. */
        public String reasoning = "";
        /** Its condition {@code r}; may be longer than {@link #reasoningSize}. */
        public float[] reasoningEmbedding = new float[0];
        /** Values in {@link #reasoningEmbedding}. */
        public int reasoningSize;

        /** A request to be filled, for pictures of these sizes and a state of {@code axes} values. */
        public Request(final Frame[] pictures, final int axes) {
            this.pictures = pictures;
            state = new double[axes];
        }
    }
}
