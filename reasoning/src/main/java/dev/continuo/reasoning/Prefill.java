package dev.continuo.reasoning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.continuo.reasoning.network.KeyValueCache;

/**
 * A prompt as the network has read it. For one thread; closing it releases the arrays.
 *
 * @param scope        manager of the arrays
 * @param hidden       normed hidden states of the prompt, {@code [tokens, hiddenSize]}
 * @param cache        keys and values to continue from
 * @param nextPosition the position of the token that follows
 */
public record Prefill(NDManager scope, NDArray hidden, KeyValueCache cache, int nextPosition) implements AutoCloseable {
    /** The observation condition {@code o}: the mean over the prompt's hidden states. */
    public float[] observation() {
        try (NDArray mean = hidden.mean(new int[]{0})) {
            return mean.toFloatArray();
        }
    }

    /** The hidden state of the prompt's last token, which the first token of an answer follows. */
    public float[] last() {
        try (NDArray last = hidden.get(hidden.getShape().get(0) - 1)) {
            return last.toFloatArray();
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
