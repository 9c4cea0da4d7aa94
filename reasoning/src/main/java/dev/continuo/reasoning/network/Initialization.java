package dev.continuo.reasoning.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.Weights;

/** First weights of a network, in the packed layout. The same seed gives the same weights on every machine. */
public final class Initialization {
    private static final double ROUTER_DEVIATION = 0.02;
    private static final double EMBEDDING_DEVIATION = 0.05;

    private Initialization() {
    }

    /**
     * Random weights to train from scratch: projections keep the variance of what passes through them, those that end a residual branch are
     * scaled down with the depth, biases are 0 and norms 1. Experts start different from each other.
     */
    public static Weights random(final VlmConfig config, final long seed, final Device device) {
        final Weights weights = Weights.empty("random weights of seed " + seed, device);
        vision(config, weights, seed);
        weights.putNormal("model.embed_tokens.weight", EMBEDDING_DEVIATION, seed, config.vocabularySize(), config.hiddenSize());
        for (int i = 0; i < config.layers(); i++) {
            decoderLayer(config, weights, "model.layers." + i + '.', seed);
        }
        weights.putConstant("model.norm.weight", 1, config.hiddenSize());
        return weights;
    }

    /**
     * Turns the weights of a dense network into those of a mixture in place: every expert a copy of the dense layer, so that the function
     * does not change whatever the router does; the router, if there is one, drawn from N(0, 0.02²), its bias 0.
     *
     * @param mixture the configuration with experts; otherwise that of the dense network
     */
    public static void expertsFromDense(final VlmConfig mixture, final Weights weights, final long seed) {
        try (GradientMode _ = GradientMode.off()) {
            for (int i = 0; i < mixture.layers(); i++) {
                final String layer = "model.layers." + i + '.';
                final String routed = layer + TensorLayout.ROUTED;
                for (final String name : new String[]{"gate_up_proj.weight", "down_proj.weight"}) {
                    try (NDArray dense = weights.remove(layer + "mlp." + name); NDArray one = dense.expandDims(0)) {
                        weights.put(routed + "experts." + name, one.repeat(0, mixture.experts()));
                    }
                }
                if (mixture.routed()) {
                    router(mixture, weights, routed, seed);
                }
            }
        }
    }

    private static void vision(final VlmConfig config, final Weights weights, final long seed) {
        final VisionConfig vision = config.vision();
        final long width = vision.width();
        final long inner = width * vision.mlpRatio();
        final double residual = Math.sqrt(2.0 * vision.depth());
        VisionInitialization.patchEmbedding(vision, weights);
        for (int i = 0; i < vision.depth(); i++) {
            final String name = "visual.blocks." + i + '.';
            norm(weights, name + "norm1", width);
            linear(weights, name + "attn.qkv", deviation(width), seed, 3 * width, width);
            VisionInitialization.attentionBias(vision, weights, name + "attn.qkv", i);
            linear(weights, name + "attn.proj", deviation(width) / residual, seed, width, width);
            norm(weights, name + "norm2", width);
            linear(weights, name + "mlp.fc1", deviation(width), seed, inner, width);
            linear(weights, name + "mlp.fc2", deviation(inner) / residual, seed, width, inner);
        }
        final long merged = width * vision.patchesPerToken();
        norm(weights, "visual.merger.ln_q", width);
        linear(weights, "visual.merger.mlp.0", deviation(merged), seed, merged, merged);
        linear(weights, "visual.merger.mlp.2", deviation(merged), seed, config.hiddenSize(), merged);
    }

    private static void decoderLayer(final VlmConfig config, final Weights weights, final String layer, final long seed) {
        final long hidden = config.hiddenSize();
        final long inner = config.intermediateSize();
        final long query = (long) config.heads() * config.headWidth();
        final double residual = Math.sqrt(2.0 * config.layers());
        weights.putConstant(layer + "input_layernorm.weight", 1, hidden);
        weights.putConstant(layer + "post_attention_layernorm.weight", 1, hidden);
        linear(weights, layer + "self_attn.qkv_proj", deviation(hidden), seed, config.queryKeyValueWidth(), hidden);
        weights.putNormal(layer + "self_attn.o_proj.weight", deviation(query) / residual, seed, hidden, query);
        if (config.mixture()) {
            final String routed = layer + TensorLayout.ROUTED;
            weights.putNormal(routed + "experts.gate_up_proj.weight", deviation(hidden), seed, config.experts(), 2 * inner, hidden);
            weights.putNormal(routed + "experts.down_proj.weight", deviation(inner) / residual, seed, config.experts(), hidden, inner);
            if (config.routed()) {
                router(config, weights, routed, seed);
            }
        } else {
            weights.putNormal(layer + "mlp.gate_up_proj.weight", deviation(hidden), seed, 2 * inner, hidden);
            weights.putNormal(layer + "mlp.down_proj.weight", deviation(inner) / residual, seed, hidden, inner);
        }
    }

    private static void router(final VlmConfig config, final Weights weights, final String routed, final long seed) {
        weights.putNormal(routed + TensorLayout.ROUTER + "weight", ROUTER_DEVIATION, seed, config.experts(), config.hiddenSize());
        weights.putConstant(routed + TensorLayout.ROUTER + "bias", 0, config.experts());
    }

    private static void norm(final Weights weights, final String name, final long width) {
        weights.putConstant(name + ".weight", 1, width);
        weights.putConstant(name + ".bias", 0, width);
    }

    private static void linear(
        final Weights weights, final String name, final double deviation, final long seed, final long outputs, final long inputs) {
        weights.putNormal(name + ".weight", deviation, seed, outputs, inputs);
        weights.putConstant(name + ".bias", 0, outputs);
    }

    private static double deviation(final long inputs) {
        return 1.0 / Math.sqrt(inputs);
    }
}
