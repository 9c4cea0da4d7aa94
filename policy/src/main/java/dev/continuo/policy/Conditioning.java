package dev.continuo.policy;

/**
 * Which condition drives the adaptive layer norms of which block.
 *
 * <p>A sealed choice, so that a comparison between ways of conditioning is a change of {@code policy_config.json} alone.
 */
public sealed interface Conditioning {

    /** True when the block, counted from 0, is conditioned on the reasoning and no more on the observation. */
    default boolean reasoningAt(final int block) {
        return false;
    }

    /** True when the final layer is conditioned on the reasoning. */
    default boolean reasoningAtEnd() {
        return false;
    }

    /** True when the observation condition is the sum of the projected observation and the projected reasoning. */
    default boolean reasoningInObservation() {
        return false;
    }

    /** True when the reasoning drives adaptive layer norms of its own, or is added to what drives them. */
    default boolean usesReasoning() {
        return false;
    }

    /** True when the reasoning scales and shifts the observation before anything is conditioned on it. */
    default boolean reasoningModulates() {
        return false;
    }

    /** True when the expert hears the reasoning at all. */
    default boolean hearsReasoning() {
        return usesReasoning() || reasoningModulates();
    }

    /**
     * The reasoning-following conditioning of ChatVLA-2: AdaLN from (t, r) in a range of blocks, from (t, o) in the others. The
     * final layer follows the last block. The paper takes the latter half, {@code firstBlock = N/2} and {@code endBlock = N}; its
     * ablation takes the former half or all.
     *
     * @param firstBlock             first block conditioned on the reasoning
     * @param endBlock               the block after the last one conditioned on the reasoning
     * @param reasoningInObservation false: the other blocks see {@code o} alone, as the paper's formula; true: {@code o + r}
     * @param blocks                 blocks N of the network
     */
    record ReasoningFollowing(int firstBlock, int endBlock, boolean reasoningInObservation, int blocks) implements Conditioning {

        /** Checks the range. */
        public ReasoningFollowing {
            if (firstBlock < 0 || firstBlock >= endBlock || endBlock > blocks) {
                throw new IllegalArgumentException("reasoning blocks " + firstBlock + " to " + endBlock + " are no range within " + blocks);
            }
        }

        /** The paper's choice: reasoning from block N/2 on, observation alone before it. */
        public static ReasoningFollowing latterHalf(final int blocks) {
            return new ReasoningFollowing(blocks / 2, blocks, false, blocks);
        }

        @Override
        public boolean reasoningAt(final int block) {
            return block >= firstBlock && block < endBlock;
        }

        @Override
        public boolean reasoningAtEnd() {
            return endBlock == blocks;
        }

        @Override
        public boolean usesReasoning() {
            return true;
        }
    }

    /**
     * The injection of DexVLA and of the first ChatVLA (chatvla2.md section 2.4): every layer from (t, h), where h is the projected observation,
     * scaled and shifted feature by feature as the projected reasoning says, plus the observation as it came.
     */
    record FeatureWise() implements Conditioning {

        @Override
        public boolean reasoningModulates() {
            return true;
        }
    }

    /** Every layer from (t, o): the control that acts without its reasoning. */
    record ObservationOnly() implements Conditioning {
    }
}
