package dev.continuo.reasoning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.norm.LayerNorm;
import dev.continuo.reasoning.tensor.Scalar;
import java.util.function.UnaryOperator;

/** The elementary layers. Results belong to the manager of the first argument; all are differentiable. */
final class Functions {
    private static final int[] LAST_AXIS = {-1};
    private static final double QUICK_GELU_SLOPE = 1.702;

    private Functions() {
    }

    /** {@code x·Wᵀ + b}; {@code bias} may be null. */
    static NDArray linear(final NDArray x, final NDArray weight, final NDArray bias) {
        return x.getNDArrayInternal().linear(x, weight, bias).singletonOrThrow();
    }

    /**
     * Rows of a matrix, as the look-up in an embedding, whose gradient is several times as quick as that of an index. The result belongs to
     * the manager of the indices.
     *
     * @param x       {@code [rows, columns]}
     * @param indices {@code [n]}, 64-bit integers
     * @return {@code [n, columns]}
     */
    static NDArray rows(final NDArray x, final NDArray indices) {
        return Embedding.embedding(indices, x, SparseFormat.DENSE).singletonOrThrow();
    }

    /** {@code x / √(mean(x²) + ε) · weight} over the last axis. */
    static NDArray rmsNorm(final NDArray x, final NDArray weight, final float epsilon) {
        return x.div(x.square().mean(LAST_AXIS, true).add(epsilon).sqrt()).mul(weight);
    }

    /** Layer norm over the last axis. */
    static NDArray layerNorm(final NDArray x, final NDArray weight, final NDArray bias, final float epsilon) {
        return LayerNorm.layerNorm(x, new Shape(weight.size()), weight, bias, epsilon).singletonOrThrow();
    }

    /** {@code SiLU(gate) · up}, where the last axis of {@code x} holds gate and up one after the other. */
    static NDArray gatedSilu(final NDArray x) {
        final NDList halves = x.split(2, x.getShape().dimension() - 1);
        final NDArray gate = halves.get(0);
        return gate.mul(Activation.sigmoid(gate)).mul(halves.get(1));
    }

    /** {@code x·σ(1.702x)}, the approximation of GELU that the vision tower was trained with. */
    static NDArray quickGelu(final NDArray x) {
        return x.mul(Activation.sigmoid(x.mul(Scalar.of(x, QUICK_GELU_SLOPE))));
    }

    /** The exact GELU. */
    static NDArray gelu(final NDArray x) {
        return Activation.gelu(x);
    }

    /**
     * Applies a layer and releases at once all that it computed on the way, so that a deep network needs the memory of one layer. What the
     * autograd graph needs stays alive in the graph.
     */
    static NDArray releasing(final NDArray x, final UnaryOperator<NDArray> layer) {
        final NDManager outer = x.getManager();
        try (NDManager inner = outer.newSubManager()) {
            final NDArray alias = x.reshape(x.getShape());
            alias.attach(inner);
            final NDArray result = layer.apply(alias);
            result.attach(outer);
            return result;
        }
    }

    /** As {@link #releasing}, and releases {@code x} too. */
    static NDArray consuming(final NDArray x, final UnaryOperator<NDArray> layer) {
        try (x) {
            return releasing(x, layer);
        }
    }

    /** {@code softmax(q·kᵀ + mask)·v} over the last two axes; q is scaled by the caller; {@code mask} may be null. */
    static NDArray attention(final NDArray query, final NDArray key, final NDArray value, final NDArray mask) {
        final NDArray keys = key.swapAxes(-1, -2);
        keys.attach(query.getManager());
        final NDArray scores = query.matMul(keys);
        return (null == mask ? scores : scores.add(mask)).softmax(-1).matMul(value);
    }
}
