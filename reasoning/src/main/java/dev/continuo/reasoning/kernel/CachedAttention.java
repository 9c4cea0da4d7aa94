package dev.continuo.reasoning.kernel;

import java.util.Arrays;

/**
 * Softmax attention of one token at a time over all tokens before it and itself: one layer of one sequence, with its keys and values. Query heads
 * share the heads of keys and values in groups.
 *
 * <p>Keys lie by feature, so that the scores of all tokens are one sum of scaled rows. For one thread; nothing but the making of it allocates.
 */
public final class CachedAttention {
    private final int headWidth;
    private final int groups;
    private final int perGroup;
    private final int capacity;
    private final float factor;
    /** By group, by feature, by token. */
    private final float[][][] keys;
    /** By group, by token, by feature. */
    private final float[][][] values;
    private final float[][][] queries;
    private final float[][][] shares;
    private final float[][][] mixed;
    private final float[] scratch;
    private int tokens;

    /**
     * Without tokens.
     *
     * @param heads     of queries
     * @param groups    heads of keys and values; divides {@code heads}
     * @param headWidth features of a head; scores are divided by its square root
     * @param capacity  how many tokens there will be at most
     */
    public CachedAttention(final int heads, final int groups, final int headWidth, final int capacity) {
        this.headWidth = headWidth;
        this.groups = groups;
        this.capacity = capacity;
        perGroup = heads / groups;
        factor = (float) (1 / Math.sqrt(headWidth));
        keys = new float[groups][headWidth][capacity];
        values = new float[groups][capacity][headWidth];
        queries = new float[groups][perGroup][headWidth];
        shares = new float[groups][perGroup][capacity];
        mixed = new float[groups][perGroup][headWidth];
        scratch = new float[capacity];
    }

    /** How many tokens there are. */
    public int tokens() {
        return tokens;
    }

    /**
     * Adds tokens that somebody else has computed.
     *
     * @param key   {@code [groups, tokens, headWidth]}, positions included
     * @param value {@code [groups, tokens, headWidth]}
     * @param added how many tokens
     * @throws IllegalStateException when they exceed the capacity
     */
    public void append(final float[] key, final float[] value, final int added) {
        for (int token = 0; token < added; token++) {
            reserve();
            for (int group = 0; group < groups; group++) {
                store(group, key, (group * added + token) * headWidth, value, (group * added + token) * headWidth);
            }
            tokens++;
        }
    }

    /**
     * Adds a token and attends from it.
     *
     * @param queryKeyValue its queries, keys and values, head by head, positions included: {@code [(heads + 2·groups)·headWidth]}
     * @param y             gets {@code [heads·headWidth]}
     * @throws IllegalStateException when the token exceeds the capacity
     */
    public void apply(final float[] queryKeyValue, final float[] y) {
        final int firstKey = groups * perGroup * headWidth;
        final int firstValue = firstKey + groups * headWidth;
        reserve();
        for (int group = 0; group < groups; group++) {
            store(group, queryKeyValue, firstKey + group * headWidth, queryKeyValue, firstValue + group * headWidth);
        }
        tokens++;
        for (int group = 0; group < groups; group++) {
            attend(group, queryKeyValue, y);
        }
    }

    private void attend(final int group, final float[] queryKeyValue, final float[] y) {
        final int first = group * perGroup * headWidth;
        for (int head = 0; head < perGroup; head++) {
            System.arraycopy(queryKeyValue, first + head * headWidth, queries[group][head], 0, headWidth);
            Arrays.fill(shares[group][head], 0, tokens, 0);
            Arrays.fill(mixed[group][head], 0);
        }
        ShortProducts.add(queries[group], 0, keys[group], headWidth, shares[group], perGroup, tokens);
        for (int head = 0; head < perGroup; head++) {
            Normalization.softmax(shares[group][head], factor, scratch, tokens);
        }
        ShortProducts.add(shares[group], 0, values[group], tokens, mixed[group], perGroup, headWidth);
        for (int head = 0; head < perGroup; head++) {
            System.arraycopy(mixed[group][head], 0, y, first + head * headWidth, headWidth);
        }
    }

    private void store(final int group, final float[] key, final int keyFirst, final float[] value, final int valueFirst) {
        for (int feature = 0; feature < headWidth; feature++) {
            keys[group][feature][tokens] = key[keyFirst + feature];
        }
        System.arraycopy(value, valueFirst, values[group][tokens], 0, headWidth);
    }

    private void reserve() {
        if (tokens == capacity) {
            throw new IllegalStateException("more than the " + capacity + " tokens that there is room for");
        }
    }
}
