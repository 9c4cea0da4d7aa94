package dev.continuo.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.LayerNorm;
import dev.continuo.reasoning.tensor.Scalar;

/**
 * Element-wise functions that the tensor library has no single call for. Each is differentiable, and each gives a result in the
 * manager of {@code x}.
 */
final class Kernels {

    /** 2 sqrt(2/pi). */
    private static final double GELU_LINEAR = 1.5957691216057308;
    private static final double GELU_CUBIC = GELU_LINEAR * 0.044715;

    private Kernels() {
    }

    /**
     * The tanh approximation of GELU. As {@code (1 + tanh(u)) / 2 = sigmoid(2u)}, it is {@code x sigmoid(2u)}: fewer passes over memory.
     * What the gradient does not need is freed at once, since these are the largest arrays of a training step.
     */
    static NDArray geluTanh(final NDArray x) {
        final NDArray slope = x.square().muli(Scalar.of(x, GELU_CUBIC)).addi(GELU_LINEAR);
        try (NDArray u = slope.mul(x)) {
            return Activation.sigmoid(u).mul(x);
        }
    }

    /** {@code x sigmoid(x)}. */
    static NDArray silu(final NDArray x) {
        return Activation.sigmoid(x).mul(x);
    }

    /** Layer norm over the last axis. */
    static NDArray layerNorm(final NDArray x, final NDArray scale, final NDArray shift, final float epsilon) {
        return LayerNorm.layerNorm(x, new Shape(scale.size()), scale, shift, epsilon).singletonOrThrow();
    }
}
