package dev.continuo.reasoning.network;

import dev.continuo.reasoning.kernel.PackedMatrix;
import dev.continuo.reasoning.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder with its embedding over plain arrays, for one token at a time on a CPU: what {@link Decoder} computes for many. A copy of the
 * weights as they are when it is made.
 *
 * <p>Immutable; for any number of threads.
 */
public final class PackedDecoder {

    /**
     * One layer.
     *
     * @param attentionNorm scale of the norm before the attention
     * @param queryKeyValue to queries, keys and values
     * @param output        of what the heads mixed
     * @param forwardNorm   scale of the norm before the feed-forward layer
     * @param feedForward   the feed-forward layer
     */
    record Layer(
        float[] attentionNorm, PackedMatrix queryKeyValue, PackedMatrix output, float[] forwardNorm, PackedFeedForward feedForward) {
    }

    private final VlmConfig config;
    private final List<Layer> layers = new ArrayList<>();
    private final float[] lastNorm;
    private final PackedMatrix embedding;

    /** Finds, checks and copies the weights; see {@link TensorLayout#pack}. */
    public PackedDecoder(final VlmConfig config, final Weights packed, final Task task) {
        this.config = config;
        final int hidden = config.hiddenSize();
        final int qkv = config.queryKeyValueWidth();
        final int query = config.heads() * config.headWidth();
        for (int i = 0; i < config.layers(); i++) {
            final String name = "model.layers." + i + '.';
            layers.add(new Layer(packed.get(name + "input_layernorm.weight", hidden).toFloatArray(),
                PackedMatrix.of(packed.get(name + "self_attn.qkv_proj.weight", qkv, hidden).toFloatArray(),
                    packed.get(name + "self_attn.qkv_proj.bias", qkv).toFloatArray(), hidden),
                PackedMatrix.of(packed.get(name + "self_attn.o_proj.weight", hidden, query).toFloatArray(), null, query),
                packed.get(name + "post_attention_layernorm.weight", hidden).toFloatArray(),
                PackedFeedForward.of(FeedForward.of(config, packed, name, task))));
        }
        lastNorm = packed.get("model.norm.weight", hidden).toFloatArray();
        embedding = PackedMatrix.of(
            packed.get("model.embed_tokens.weight", config.vocabularySize(), hidden).toFloatArray(), null, hidden);
    }

    /** Sizes. */
    public VlmConfig config() {
        return config;
    }

    /**
     * Continues a sequence that the network of tensors has read.
     *
     * @param prefilled the keys and values of what was read: copied
     * @param maxTokens how many tokens will be fed at most
     */
    public ArrayContinuation continuing(final KeyValueCache prefilled, final int maxTokens) {
        return new ArrayContinuation(this, prefilled, maxTokens);
    }

    List<Layer> layers() {
        return layers;
    }

    float[] lastNorm() {
        return lastNorm;
    }

    /** From hidden states to logits; its rows are the embedded tokens. */
    PackedMatrix embedding() {
        return embedding;
    }
}
