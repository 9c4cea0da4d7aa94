package dev.continuo.benchmarks.loop;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.benchmarks.ChildJvm;
import dev.continuo.reasoning.tensor.Backend;
import dev.continuo.reasoning.tensor.GradientMode;
import java.time.Duration;
import java.util.List;

/** What a busy model does to the machine: threads that multiply matrices without pause. */
public final class LoadProcess {
    private static final int SIZE = 512;
    private static final List<String> FLAGS =
        List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx256m", "-Dai.djl.pytorch.num_threads=1", "-Dai.djl.pytorch.num_interop_threads=1");

    private LoadProcess() {
    }

    /**
     * Starts one.
     *
     * @param threads 0 for none: then the result is {@code null}, which a {@code try} closes as well
     */
    public static ChildJvm start(final int threads, final Duration patience) {
        return threads == 0 ? null : ChildJvm.start("the load", LoadProcess.class, 0, FLAGS, List.of(Integer.toString(threads)), patience);
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
