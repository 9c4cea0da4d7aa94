package dev.continuo.reasoning.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScalarTest {
    private static final int FACTORS = 200;

    @Test
    void aFactorIsStillThereWhenTheGradientIsTaken() {
        Backend.engine();
        final boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(true);
        try (NDManager manager = NDManager.newBaseManager()) {
            final NDArray x = manager.ones(new Shape(3));
            x.setRequiresGradient(true);
            NDArray y = x;
            for (int i = 0; i < FACTORS; i++) {
                y = y.mul(Scalar.of(y, i % 2 == 0 ? 2 : 0.5));
            }
            overwriteFreedMemory();
            JniUtils.backward((PtNDArray) y.sum(), (PtNDArray) manager.ones(new Shape()), false, false);
            for (final float slope : x.getGradient().toFloatArray()) {
                assertEquals(1, slope, 1e-6);
            }
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    /** Whatever small piece of memory was given back holds something else afterwards. */
    private static void overwriteFreedMemory() {
        System.gc();
        final List<ByteBuffer> filler = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            final ByteBuffer buffer = ByteBuffer.allocateDirect(4);
            buffer.putInt(0, -1);
            filler.add(buffer);
        }
        assertEquals(20_000, filler.size());
    }
}
