package dev.continuo.supervision.doctor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Whether the natives behind the tensors load. */
final class NativesCheck {
    private NativesCheck() {
    }

    /** Loads the engine and adds two numbers with it. */
    static Finding tensors() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch"); NDArray one = manager.create(1f); NDArray two = one.add(one)) {
            final Engine engine = Engine.getEngine("PyTorch");
            return two.getFloat() == 2f ? Finding.ok("tensors", "PyTorch " + engine.getVersion() + " natives load")
                : Finding.warn("tensors", "PyTorch computes 1 + 1 = " + two.getFloat(), "check the processor and memory");
        } catch (final RuntimeException | LinkageError e) {
            return Finding.warn("tensors", "PyTorch's natives do not load: " + e.getMessage(),
                "needs x86-64 Linux with glibc 2.28 or newer and a writable ~/.djl.ai");
        }
    }
}
