package dev.continuo.reasoning.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Numbers to multiply or divide by where a gradient is wanted.
 *
 * <p>{@code x.mul(2)} makes an array over memory of the Java heap's collector and closes it at once, while the autograd graph goes on to point
 * there: by the time of the backward pass the number may be any other. These arrays own their memory, which lives as long as the graph needs it.
 */
public final class Scalar {
    private Scalar() {
    }

    /** A number as an array without axes, in the manager of {@code like}. */
    public static NDArray of(final NDArray like, final double value) {
        return like.getManager().full(new Shape(), (float) value, DataType.FLOAT32);
    }
}
