package dev.continuo.reasoning.tensor;

import ai.djl.pytorch.jni.JniUtils;

/**
 * Keeps the calling thread out of the autograd graph while it is open.
 *
 * <p>The engine starts every new thread with recording switched on, which would build a graph behind each forward pass of an inference
 * thread and hold its memory. Opened and closed by the same thread; scopes nest.
 */
public final class GradientMode implements AutoCloseable {
    private final boolean before;

    private GradientMode(final boolean before) {
        this.before = before;
    }

    /** Switches recording off for this thread until the result is closed. */
    public static GradientMode off() {
        Backend.engine();
        final GradientMode scope = new GradientMode(JniUtils.isGradMode());
        JniUtils.setGradMode(false);
        return scope;
    }

    @Override
    public void close() {
        JniUtils.setGradMode(before);
    }
}
