package dev.continuo.benchmarks.loop;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.benchmarks.ChildJvm;
import dev.continuo.reasoning.tensor.Backend;
import dev.continuo.reasoning.tensor.GradientMode;

/** What a busy model does to the machine: threads that multiply matrices without pause. */
public final class LoadProcess {
    private static final int SIZE = 512;

    private LoadProcess() {
    }

    /**
     * Works until its parent ends it.
     *
     * @param arguments the number of threads
     */
    public static void main(final String[] arguments) {
        ChildJvm.endWithParent();
        Backend.engine();
        final int threads = Integer.parseInt(arguments[0]);
        for (int i = 0; i < threads; i++) {
            Thread.ofPlatform().name("load-" + i).start(LoadProcess::multiply);
        }
        ChildJvm.tellReady("");
    }

    private static void multiply() {
        try (GradientMode _ = GradientMode.off(); NDManager manager = Backend.newManager(Device.cpu())) {
            final NDArray matrix = manager.randomUniform(0, 1, new Shape(SIZE, SIZE));
            while (!Thread.currentThread().isInterrupted()) {
                matrix.matMul(matrix).close();
            }
        }
    }
}
