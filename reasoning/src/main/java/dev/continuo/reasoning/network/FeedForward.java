package dev.continuo.reasoning.network;

import ai.djl.ndarray.NDArray;
import dev.continuo.reasoning.tensor.Weights;

/** The feed-forward half of a decoder layer: one dense network, or a mixture of experts. */
public sealed interface FeedForward permits FeedForward.Dense, DynamicMixture {
    /** {@code [tokens, hiddenSize]} to the same. */
    NDArray forward(NDArray x);

    /** The feed-forward layer that the configuration asks for, with the weights under {@code layer} (which ends in a dot). */
    static FeedForward of(final VlmConfig config, final Weights weights, final String layer) {
        return config.mixture() ? DynamicMixture.of(config, weights, layer) : new Dense(
            weights.get(layer + "mlp.gate_up_proj.weight", 2L * config.intermediateSize(), config.hiddenSize()),
            weights.get(layer + "mlp.down_proj.weight", config.hiddenSize(), config.intermediateSize()));
    }

    /**
     * One SwiGLU network for all tokens.
     *
     * @param gateUp gate and up projections, stacked
     * @param down   down projection
     */
    record Dense(NDArray gateUp, NDArray down) implements FeedForward {
        @Override
        public NDArray forward(final NDArray x) {
            return Functions.linear(Functions.gatedSilu(Functions.linear(x, gateUp, null)), down, null);
        }
    }
}
