package dev.continuo.reasoning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Keys and values of the tokens that a decoder has seen, for one sequence. For one thread; closing it releases the arrays. */
public final class KeyValueCache implements AutoCloseable {
    private final NDManager manager;
    private final NDArray[] keys;
    private final NDArray[] values;

    /** Empty, for a decoder of so many layers; {@code parent} is any manager on the decoder's device. */
    public KeyValueCache(final NDManager parent, final int layers) {
        manager = parent.newSubManager();
        keys = new NDArray[layers];
        values = new NDArray[layers];
    }

    /** How many tokens are in it. */
    public int tokens() {
        return null == keys[0] ? 0 : Math.toIntExact(keys[0].getShape().get(2));
    }

    /** Adds keys of new tokens {@code [1, heads, tokens, headWidth]} and returns those of all tokens. */
    NDArray appendKeys(final int layer, final NDArray added) {
        return append(keys, layer, added);
    }

    /** Adds values of new tokens and returns those of all tokens. */
    NDArray appendValues(final int layer, final NDArray added) {
        return append(values, layer, added);
    }

    /** A layer's keys, {@code [heads, tokens, headWidth]} one after the other. */
    float[] keys(final int layer) {
        return keys[layer].toFloatArray();
    }

    /** A layer's values, as {@link #keys(int)}. */
    float[] values(final int layer) {
        return values[layer].toFloatArray();
    }

    private NDArray append(final NDArray[] arrays, final int layer, final NDArray added) {
        final NDArray before = arrays[layer];
        // Growing by a copy costs far less than reading the weights does, and an array of the exact length needs no mask.
        final NDArray all = null == before ? added.duplicate() : before.concat(added, 2);
        all.attach(manager);
        arrays[layer] = all;
        if (null != before) {
            before.close();
        }
        return all;
    }

    @Override
    public void close() {
        manager.close();
    }
}
