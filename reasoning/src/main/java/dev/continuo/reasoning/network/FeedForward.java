package dev.continuo.reasoning.network;

import ai.djl.ndarray.NDArray;
import dev.continuo.reasoning.tensor.Weights;

/** The feed-forward half of a decoder layer: one dense network, an expert chosen by task, or a mixture of experts. */
public sealed interface FeedForward permits FeedForward.Dense, FeedForward.OfTask, DynamicMixture {
    /** {@code [tokens, hiddenSize]} to the same. */
    NDArray forward(NDArray x);

    /** The feed-forward layer that the configuration asks for, with the weights under {@code layer} (which ends in a dot). */
    static FeedForward of(final VlmConfig config, final Weights weights, final String layer, final Task task) {
        final long hidden = config.hiddenSize();
        final long inner = config.intermediateSize();
        if (config.routed()) {
            return DynamicMixture.of(config, weights, layer);
        }
        if (config.mixture()) {
            final String experts = layer + TensorLayout.ROUTED + "experts.";
            return new OfTask(weights.get(experts + "gate_up_proj.weight", config.experts(), 2 * inner, hidden),
                weights.get(experts + "down_proj.weight", config.experts(), hidden, inner), task);
        }
        return new Dense(
            weights.get(layer + "mlp.gate_up_proj.weight", 2 * inner, hidden), weights.get(layer + "mlp.down_proj.weight", hidden, inner));
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
            return swiGlu(x, gateUp, down);
        }
    }

    /**
     * One of several SwiGLU networks, the same for all tokens.
     *
     * @param gateUp gate and up projections of each, stacked
     * @param down   down projection of each
     * @param task   which of them
     */
    record OfTask(NDArray gateUp, NDArray down, Task task) implements FeedForward {
        @Override
        public NDArray forward(final NDArray x) {
            final NDArray ownGateUp = gateUp.get(task.ordinal());
            ownGateUp.attach(x.getManager());
            final NDArray ownDown = down.get(task.ordinal());
            ownDown.attach(x.getManager());
            return swiGlu(x, ownGateUp, ownDown);
        }
    }

    private static NDArray swiGlu(final NDArray x, final NDArray gateUp, final NDArray down) {
        return Functions.linear(Functions.gatedSilu(Functions.linear(x, gateUp, null)), down, null);
    }
}
