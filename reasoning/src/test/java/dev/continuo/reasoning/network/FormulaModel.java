package dev.continuo.reasoning.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.reasoning.tensor.Weights;

/**
 * Weights of a {@link Formula}, tensor by tensor under the published names, as {@code golden/qwen2vl-mid/make_fixtures.py} gives them to
 * transformers: a network too large to keep as a file beside a test.
 */
final class FormulaModel {
    private static final double EMBEDDING_AMPLITUDE = 0.25;
    private static final double VECTOR_AMPLITUDE = 0.5;
    private static final double GAIN = 1.5;

    private final Weights weights;
    private final String seed;

    private FormulaModel(final String seed) {
        this.seed = seed;
        weights = Weights.empty("formula of seed " + seed, Device.cpu());
    }

    /** Packed weights; the caller closes them. */
    static Weights weights(final VlmConfig config, final String seed) {
        final FormulaModel model = new FormulaModel(seed);
        model.vision(config);
        final long hidden = config.hiddenSize();
        model.put("model.embed_tokens.weight", EMBEDDING_AMPLITUDE, 0, config.vocabularySize(), hidden);
        for (int i = 0; i < config.layers(); i++) {
            model.decoderLayer(config, "model.layers." + i + '.');
        }
        model.scale("model.norm", hidden);
        TensorLayout.pack(config, model.weights);
        return model.weights;
    }

    private void vision(final VlmConfig config) {
        final VisionConfig vision = config.vision();
        final long width = vision.width();
        final long inner = width * vision.mlpRatio();
        final long merged = width * vision.patchesPerToken();
        matrix("visual.patch_embed.proj", width, vision.channels(), vision.temporalPatchSize(), vision.patchSize(), vision.patchSize());
        for (int i = 0; i < vision.depth(); i++) {
            final String block = "visual.blocks." + i + '.';
            norm(block + "norm1", width);
            linear(block + "attn.qkv", 3 * width, width);
            linear(block + "attn.proj", width, width);
            norm(block + "norm2", width);
            linear(block + "mlp.fc1", inner, width);
            linear(block + "mlp.fc2", width, inner);
        }
        norm("visual.merger.ln_q", width);
        linear("visual.merger.mlp.0", merged, merged);
        linear("visual.merger.mlp.2", config.hiddenSize(), merged);
    }

    private void decoderLayer(final VlmConfig config, final String layer) {
        final long hidden = config.hiddenSize();
        final long query = (long) config.heads() * config.headWidth();
        final long keys = (long) config.keyValueHeads() * config.headWidth();
        scale(layer + "input_layernorm", hidden);
        linear(layer + "self_attn.q_proj", query, hidden);
        linear(layer + "self_attn.k_proj", keys, hidden);
        linear(layer + "self_attn.v_proj", keys, hidden);
        matrix(layer + "self_attn.o_proj", hidden, query);
        scale(layer + "post_attention_layernorm", hidden);
        if (config.mixture()) {
            linear(layer + "share_moe_expert.routed_experts.router.topkroute_linear", config.experts(), hidden);
            for (int expert = 0; expert < config.experts(); expert++) {
                feedForward(config, layer + "share_moe_expert.routed_experts.experts." + expert + '.');
            }
        } else {
            feedForward(config, layer + "mlp.");
        }
    }

    private void feedForward(final VlmConfig config, final String name) {
        matrix(name + "gate_proj", config.intermediateSize(), config.hiddenSize());
        matrix(name + "up_proj", config.intermediateSize(), config.hiddenSize());
        matrix(name + "down_proj", config.hiddenSize(), config.intermediateSize());
    }

    private void norm(final String name, final long width) {
        scale(name, width);
        bias(name, width);
    }

    private void linear(final String name, final long outputs, final long inputs) {
        matrix(name, outputs, inputs);
        bias(name, outputs);
    }

    private void matrix(final String name, final long... shape) {
        put(name + ".weight", GAIN * Math.sqrt(3.0 / (new Shape(shape).size() / shape[0])), 0, shape);
    }

    private void scale(final String name, final long width) {
        put(name + ".weight", VECTOR_AMPLITUDE, 1, width);
    }

    private void bias(final String name, final long width) {
        put(name + ".bias", VECTOR_AMPLITUDE, 0, width);
    }

    private void put(final String name, final double amplitude, final double centre, final long... lengths) {
        final Shape shape = new Shape(lengths);
        final float[] values = Formula.uniform(seed + '/' + name, Math.toIntExact(shape.size()), amplitude, centre);
        try (NDManager scope = weights.newScope(); NDArray borrowed = scope.create(values, shape)) {
            weights.put(name, borrowed.duplicate());
        }
    }
}
