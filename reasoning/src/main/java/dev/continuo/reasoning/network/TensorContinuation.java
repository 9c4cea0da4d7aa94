package dev.continuo.reasoning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * A sequence continued by the network of tensors: on a GPU, and what {@link ArrayContinuation} is measured against. The thread's gradient mode has to
 * be off.
 */
public final class TensorContinuation implements Continuation {
    private final VlmNetwork network;
    private final NDManager manager;
    private final KeyValueCache cache;

    /** Continues what is in a cache, extending it; {@code manager} is any on the network's device. */
    public TensorContinuation(final VlmNetwork network, final NDManager manager, final KeyValueCache cache) {
        this.network = network;
        this.manager = manager;
        this.cache = cache;
    }

    @Override
    public float[] feed(final long token, final int position) {
        try (NDManager scope = manager.newSubManager()) {
            final int[][][] positions = {{{position}}, {{position}}, {{position}}};
            return network.next(
                scope.create(new long[][]{{token}}), Rotary.multimodal(scope, network.config(), positions), cache).toFloatArray();
        }
    }

    @Override
    public long strongest(final float[] hidden) {
        try (NDManager scope = manager.newSubManager()) {
            final NDArray row = scope.create(hidden, new Shape(1, hidden.length));
            return network.logits(row).argMax().getLong();
        }
    }
}
