package dev.continuo.reasoning.network;

import ai.djl.ndarray.NDArray;
import dev.continuo.reasoning.tensor.Weights;

/** Turns each square of patches into one token of the decoder. Immutable; for any number of threads. */
public final class PatchMerger {
    private final long mergedWidth;
    private final NDArray normWeight;
    private final NDArray normBias;
    private final NDArray innerWeight;
    private final NDArray innerBias;
    private final NDArray outerWeight;
    private final NDArray outerBias;

    /** Finds and checks the weights of a merger. */
    public PatchMerger(final VlmConfig config, final Weights weights) {
        final long width = config.vision().width();
        mergedWidth = width * config.vision().patchesPerToken();
        normWeight = weights.get("visual.merger.ln_q.weight", width);
        normBias = weights.get("visual.merger.ln_q.bias", width);
        innerWeight = weights.get("visual.merger.mlp.0.weight", mergedWidth, mergedWidth);
        innerBias = weights.get("visual.merger.mlp.0.bias", mergedWidth);
        outerWeight = weights.get("visual.merger.mlp.2.weight", config.hiddenSize(), mergedWidth);
        outerBias = weights.get("visual.merger.mlp.2.bias", config.hiddenSize());
    }

    /** {@code [patches, width]}, the patches of a token lying together, to {@code [tokens, hiddenSize]}. */
    public NDArray forward(final NDArray patches) {
        return Functions.releasing(patches, in -> {
            final NDArray merged = Functions.layerNorm(in, normWeight, normBias, VisionConfig.NORM_EPSILON).reshape(-1, mergedWidth);
            return Functions.linear(Functions.gelu(Functions.linear(merged, innerWeight, innerBias)), outerWeight, outerBias);
        });
    }
}
