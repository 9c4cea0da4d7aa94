package dev.continuo.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;
import dev.continuo.reasoning.tensor.Weights;

/** A linear layer: {@code x W^T + b}, with the weight stored as [out, in]. */
record Dense(NDArray weight, NDArray bias) {

    /** The layer {@code name.weight} [out, in] and {@code name.bias} [out] of a set of weights. */
    static Dense of(final Weights weights, final String name, final long out, final long in) {
        return new Dense(weights.get(name + ".weight", out, in), weights.get(name + ".bias", out));
    }

    /** Applies the layer to the last axis; the result belongs to the manager of {@code x}. */
    NDArray apply(final NDArray x) {
        return Linear.linear(x, weight, bias).singletonOrThrow();
    }
}
