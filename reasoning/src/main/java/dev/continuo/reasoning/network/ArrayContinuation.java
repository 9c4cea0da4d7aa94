package dev.continuo.reasoning.network;

import dev.continuo.reasoning.kernel.CachedAttention;
import dev.continuo.reasoning.kernel.Elementwise;
import dev.continuo.reasoning.kernel.Normalization;

/**
 * A sequence continued over plain arrays. It holds keys, values and the space that it computes in: for one thread. Feeding a token allocates
 * nothing.
 */
public final class ArrayContinuation implements Continuation {
    private final PackedDecoder decoder;
    private final VlmConfig config;
    private final CachedAttention[] attentions;
    private final PackedFeedForward.Space space;
    private final float[] inverseFrequencies;
    private final float[] cosines;
    private final float[] sines;
    private final float[] x;
    private final float[] normal;
    private final float[] queryKeyValue;
    private final float[] mixed;
    private final float[] added;
    private final float[] hidden;
    private final float[] logits;

    ArrayContinuation(final PackedDecoder decoder, final KeyValueCache prefilled, final int maxTokens) {
        this.decoder = decoder;
        config = decoder.config();
        attentions = new CachedAttention[config.layers()];
        for (int i = 0; i < attentions.length; i++) {
            attentions[i] = new CachedAttention(
                config.heads(), config.keyValueHeads(), config.headWidth(), prefilled.tokens() + maxTokens);
            attentions[i].append(prefilled.keys(i), prefilled.values(i), prefilled.tokens());
        }
        space = new PackedFeedForward.Space(config);
        inverseFrequencies = Rotary.inverseFrequencies(config.headWidth() / 2, config.ropeTheta());
        cosines = new float[inverseFrequencies.length];
        sines = new float[inverseFrequencies.length];
        x = new float[config.hiddenSize()];
        normal = new float[config.hiddenSize()];
        queryKeyValue = new float[config.queryKeyValueWidth()];
        mixed = new float[config.heads() * config.headWidth()];
        added = new float[config.hiddenSize()];
        hidden = new float[config.hiddenSize()];
        logits = new float[config.vocabularySize()];
    }

    @Override
    public float[] feed(final long token, final int position) {
        decoder.embedding().row(Math.toIntExact(token), x);
        for (int i = 0; i < inverseFrequencies.length; i++) {
            final float angle = position * inverseFrequencies[i];
            cosines[i] = (float) Math.cos(angle);
            sines[i] = (float) Math.sin(angle);
        }
        for (int i = 0; i < attentions.length; i++) {
            layer(decoder.layers().get(i), attentions[i]);
        }
        Normalization.rmsNorm(x, decoder.lastNorm(), config.normEpsilon(), hidden, x.length);
        return hidden;
    }

    private void layer(final PackedDecoder.Layer layer, final CachedAttention attention) {
        Normalization.rmsNorm(x, layer.attentionNorm(), config.normEpsilon(), normal, x.length);
        layer.queryKeyValue().apply(normal, queryKeyValue);
        turn();
        attention.apply(queryKeyValue, mixed);
        layer.output().apply(mixed, added);
        Elementwise.add(x, added, x.length);
        Normalization.rmsNorm(x, layer.forwardNorm(), config.normEpsilon(), normal, x.length);
        layer.feedForward().apply(normal, space, added);
        Elementwise.add(x, added, x.length);
    }

    /** Turns queries and keys by the token's position, as {@link Rotary#apply} does. */
    private void turn() {
        final int half = inverseFrequencies.length;
        for (int head = 0; head < config.heads() + config.keyValueHeads(); head++) {
            final int first = head * 2 * half;
            for (int i = 0; i < half; i++) {
                final float a = queryKeyValue[first + i];
                final float b = queryKeyValue[first + half + i];
                queryKeyValue[first + i] = a * cosines[i] - b * sines[i];
                queryKeyValue[first + half + i] = b * cosines[i] + a * sines[i];
            }
        }
    }

    @Override
    public long strongest(final float[] state) {
        final float[] scores = logits(state);
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    /** The logits of the token that follows a normed hidden state, {@code [vocabularySize]}: valid until they are asked for again. */
    public float[] logits(final float[] state) {
        decoder.embedding().apply(state, logits);
        return logits;
    }
}
