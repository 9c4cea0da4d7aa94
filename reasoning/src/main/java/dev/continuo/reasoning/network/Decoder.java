package dev.continuo.reasoning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.reasoning.tensor.Scalar;
import dev.continuo.reasoning.tensor.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The decoder: causal attention with grouped queries and rotary positions, feed-forward layers, and a last norm. Immutable; for any number
 * of threads.
 */
public final class Decoder {
    private static final float MASKED = Float.NEGATIVE_INFINITY;

    private record Layer(
        NDArray attentionNorm, NDArray qkvWeight, NDArray qkvBias, NDArray outputWeight, NDArray forwardNorm, FeedForward feedForward) {
    }

    private final VlmConfig config;
    private final List<Layer> layers = new ArrayList<>();
    private final NDArray lastNorm;

    /** Finds and checks the weights of a decoder. */
    Decoder(final VlmConfig config, final Weights weights, final Task task) {
        this.config = config;
        final long hidden = config.hiddenSize();
        final long qkv = config.queryKeyValueWidth();
        for (int i = 0; i < config.layers(); i++) {
            final String name = "model.layers." + i + '.';
            layers.add(new Layer(
                weights.get(name + "input_layernorm.weight", hidden), weights.get(name + "self_attn.qkv_proj.weight", qkv, hidden),
                weights.get(name + "self_attn.qkv_proj.bias", qkv),
                weights.get(name + "self_attn.o_proj.weight", hidden, (long) config.heads() * config.headWidth()),
                weights.get(name + "post_attention_layernorm.weight", hidden), FeedForward.of(config, weights, name, task)));
        }
        lastNorm = weights.get("model.norm.weight", hidden);
    }

    /**
     * Hidden states of the last layer, normed.
     *
     * @param embeddings {@code [samples, tokens, hiddenSize]}; shorter samples are padded on the right, where nothing looks at the padding
     * @param rotary     the positions of these tokens
     * @param cache      what came before, extended by these tokens; null to compute a whole sequence
     * @return {@code [samples, tokens, hiddenSize]}
     */
    public NDArray forward(final NDArray embeddings, final Rotary rotary, final KeyValueCache cache) {
        final Shape shape = embeddings.getShape();
        final NDArray mask = causalMask(embeddings.getManager(), (int) shape.get(1), null == cache ? 0 : cache.tokens());
        NDArray x = embeddings.reshape(shape);
        for (int i = 0; i < layers.size(); i++) {
            final int index = i;
            final Layer layer = layers.get(i);
            x = Functions.consuming(x, in -> in.add(
                attend(Functions.rmsNorm(in, layer.attentionNorm, config.normEpsilon()), index, rotary, mask, cache)));
            x = Functions.consuming(x, in -> in.add(
                feedForward(Functions.rmsNorm(in, layer.forwardNorm, config.normEpsilon()), layer.feedForward)));
        }
        return Functions.consuming(x, in -> Functions.rmsNorm(in, lastNorm, config.normEpsilon()));
    }

    /** The feed-forward layers in order, for a look at where tokens are routed. */
    public List<FeedForward> feedForwards() {
        return layers.stream().map(Layer::feedForward).toList();
    }

    private static NDArray feedForward(final NDArray x, final FeedForward layer) {
        return layer.forward(x.reshape(-1, x.getShape().get(2))).reshape(x.getShape());
    }

    private NDArray attend(
        final NDArray x, final int index, final Rotary rotary, final NDArray mask, final KeyValueCache cache) {
        final Layer layer = layers.get(index);
        final long samples = x.getShape().get(0);
        final long tokens = x.getShape().get(1);
        final int groups = config.keyValueHeads();
        final int width = config.headWidth();
        final NDArray heads = Functions.linear(x, layer.qkvWeight, layer.qkvBias)
            .reshape(samples, tokens, config.heads() + 2L * groups, width).transpose(0, 2, 1, 3);
        final NDList turnedAndValue = heads.split(new long[]{config.heads() + groups}, 1);
        final NDList queryAndKey = rotary.apply(turnedAndValue.get(0)).split(new long[]{config.heads()}, 1);
        // Query heads that share a key head lie together: one product per key head serves them all.
        final NDArray query = queryAndKey.get(0).mul(Scalar.of(x, 1.0 / Math.sqrt(width)))
            .reshape(samples, groups, config.heads() / groups * tokens, width);
        final NDArray key = null == cache ? queryAndKey.get(1) : cache.appendKeys(index, queryAndKey.get(1));
        final NDArray value = null == cache ? turnedAndValue.get(1) : cache.appendValues(index, turnedAndValue.get(1));
        final NDArray mixed = Functions.attention(query, key, value, mask)
            .reshape(samples, config.heads(), tokens, width).transpose(0, 2, 1, 3)
            .reshape(samples, tokens, (long) config.heads() * width);
        return Functions.linear(mixed, layer.outputWeight, null);
    }

    /** {@code [heads per group · tokens, past + tokens]} of 0 and −∞; null where a single token may look at everything. */
    private NDArray causalMask(final NDManager manager, final int tokens, final int past) {
        if (tokens == 1) {
            return null;
        }
        final int repeats = config.heads() / config.keyValueHeads();
        final int width = past + tokens;
        final float[] mask = new float[repeats * tokens * width];
        for (int row = 0; row < repeats * tokens; row++) {
            Arrays.fill(mask, row * width + past + row % tokens + 1, (row + 1) * width, MASKED);
        }
        return manager.create(mask, new Shape((long) repeats * tokens, width));
    }
}
