package dev.continuo.actors.agent;

import dev.continuo.config.ChunkStrategy;
import dev.continuo.config.Profile;
import dev.continuo.perception.Frame;
import dev.continuo.policy.Continuation;
import dev.continuo.policy.playback.PlannedRows;

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
     * @return false when no usable chunk came of it: a value was not finite, somebody did not answer; it is asked again one row's period later
     */
    boolean chunk(Request request, float[] rows);

    @Override
    void close();

    /** What a chunk is computed from: a mutable holder. */
    final class Request {
        /** The newest picture of each camera, in the profile's order. */
        public final Frame[] pictures;
        /** Where all arms are, in the profile's order: positions of axes, or poses where {@code actions = pose}. */
        public final double[] state;
        /** What the robot is asked to do. */
        public String instruction = "";
        /** The latest finished reasoning in words; empty where the profile wants none. */
        public String reasoning = "";
        /** Its condition {@code r}; may be longer than {@link #reasoningSize}, which is 0 where there is no reasoning. */
        public float[] reasoningEmbedding = new float[0];
        /** Values in {@link #reasoningEmbedding}. */
        public int reasoningSize;
        /** What plays while the chunk is computed, for it to continue; no rows where it need not. */
        public final PlannedRows planned;
        /** How closely it is to continue that. */
        public final Continuation continuation;

        /** A request to be filled, for a profile's cameras and arms. */
        public static Request of(final Profile profile) {
            return new Request(FrameInputs.pictures(profile.cameras()), profile.columns(), profile.playback().chunkRows(), continuation(profile.playback().strategy()));
        }

        private static Continuation continuation(final ChunkStrategy strategy) {
            return strategy instanceof ChunkStrategy.RealTime(final double guidance, final int candidates) ? new Continuation(guidance, candidates) : new Continuation(0, 1);
        }

        /** A request to be filled, for pictures of these sizes, a state of {@code columns} values, and chunks of {@code chunkRows} rows of them. */
        public Request(final Frame[] pictures, final int columns, final int chunkRows, final Continuation continuation) {
            this.pictures = pictures;
            state = new double[columns];
            planned = new PlannedRows(chunkRows, columns);
            this.continuation = continuation;
        }
    }
}
