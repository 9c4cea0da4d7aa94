package dev.continuo.training.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.continuo.reasoning.tensor.GradientMode;
import java.util.Collection;

/**
 * The bound on the length of a step's gradient, all parameters taken as one vector.
 *
 * @param norm  Euclidean norm of the gradient
 * @param scale what the gradient is to be multiplied by, at most 1; {@link AdamW#step} does it on the way
 */
public record GradientClipping(double norm, double scale) {

    private static final double EPSILON = 1e-6;

    /** True when the gradient can be used at all. */
    public boolean isFinite() {
        return Double.isFinite(norm);
    }

    /**
     * Measures the gradients of parameters. One transfer from the device for all of them.
     *
     * @param parameters what has gradients, or none yet
     * @param maximum    norm above which gradients are scaled down to it
     */
    public static GradientClipping of(final Collection<NDArray> parameters, final double maximum) {
        if (parameters.isEmpty()) {
            return new GradientClipping(0, 1);
        }
        try (GradientMode _ = GradientMode.off(); NDManager scope = parameters.iterator().next().getManager().newSubManager()) {
            final NDList norms = new NDList(parameters.size());
            for (final NDArray parameter : parameters) {
                try (PtNDArray gradient = JniUtils.getGradient((PtNDArray) parameter)) {
                    if (gradient != null) {
                        final NDArray norm = gradient.norm();
                        norm.attach(scope);
                        norms.add(norm);
                    }
                }
            }
            double squares = 0;
            if (!norms.isEmpty()) {
                for (final float norm : NDArrays.stack(norms).toFloatArray()) {
                    squares += (double) norm * norm;
                }
            }
            final double norm = Math.sqrt(squares);
            return new GradientClipping(norm, Math.min(1, maximum / (norm + EPSILON)));
        }
    }
}
