package dev.continuo.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;

/** A linear layer: {@code x W^T + b}, with the weight stored as [out, in]. */
record Dense(NDArray weight, NDArray bias) {

    /** Applies the layer to the last axis; the result belongs to the manager of {@code x}. */
    NDArray apply(final NDArray x) {
        return Linear.linear(x, weight, bias).singletonOrThrow();
    }
}
