package dev.continuo.training.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Collection;

/**
 * The life of one forward and backward pass. While it is open the calling thread records gradients; when it closes, everything that the
 * pass made is freed, but the gradients, which stay with their parameters.
 *
 * <p>Parameters are lent to the scope, so that what a model computes from a parameter alone is freed too. Opened, used and closed by one
 * thread; a second scope over the same parameters must wait.
 */
public final class StepScope implements AutoCloseable {

    private final NDManager manager;
    private final boolean gradients;

    /**
     * Opens the scope.
     *
     * @param manager    closed with the scope
     * @param parameters the leaves that gradients are wanted for
     */
    public StepScope(final NDManager manager, final Collection<NDArray> parameters) {
        this.manager = manager;
        parameters.forEach(parameter -> parameter.tempAttach(manager));
        gradients = JniUtils.isGradMode();
        JniUtils.setGradMode(true);
    }

    /** Owns the arrays of the step: inputs are made here, results land here. */
    public NDManager manager() {
        return manager;
    }

    /** Adds the gradients of a scalar loss to those of the parameters. */
    public void backward(final NDArray loss) {
        backward(loss, 1);
    }

    /** Adds the gradients of {@code weight} times a scalar loss: one part of several that make a step. */
    public void backward(final NDArray loss, final float weight) {
        final NDArray seed = manager.create(new float[] {weight}, new Shape());
        JniUtils.backward((PtNDArray) loss, (PtNDArray) seed, false, false);
    }

    @Override
    public void close() {
        JniUtils.setGradMode(gradients);
        manager.close();
    }
}
