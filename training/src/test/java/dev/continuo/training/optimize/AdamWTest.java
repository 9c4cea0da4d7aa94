package dev.continuo.training.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.continuo.reasoning.tensor.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdamWTest {

    private final Weights weights = Weights.empty("test", Device.cpu());

    @AfterEach
    void free() {
        weights.close();
    }

    private static Map<String, NDArray> fixture(final NDManager manager) throws IOException {
        try (InputStream in = AdamWTest.class.getResourceAsStream("/golden/adamw.npz")) {
            final Map<String, NDArray> arrays = new LinkedHashMap<>();
            NDList.decode(manager, in).forEach(array -> arrays.put(array.getName(), array));
            return arrays;
        }
    }

    @Test
    void stepsAndClipsLikePyTorch() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            final Map<String, NDArray> golden = fixture(manager);
            weights.put("weight", golden.get("start.weight").duplicate());
            weights.put("bias", golden.get("start.bias").duplicate());
            final NDArray weight = weights.get("weight");
            final NDArray bias = weights.get("bias");
            final AdamW optimizer = new AdamW(
                List.of(new ParameterGroup(Map.of("weight", weight), 1, 0.1), new ParameterGroup(Map.of("bias", bias), 0.5, 0)),
                0.9, 0.95, 1e-4);
            for (int step = 0; step < 10; step++) {
                try (StepScope scope = new StepScope(weights.newScope(), optimizer.parameters())) {
                    final NDArray x = golden.get("x" + step);
                    scope.backward(x.matMul(weight.transpose()).add(bias).sub(golden.get("y" + step)).square().mean());
                }
                final GradientClipping clipping = GradientClipping.of(optimizer.parameters(), 0.5);
                assertEquals(golden.get("norms").getFloat(step), clipping.norm(), 1e-5);
                optimizer.step(Math.min(1, (step + 1) / 4.0) * 0.02, clipping.scale());
                assertArrayEquals(golden.get("weight" + step).toFloatArray(), weight.toFloatArray(), 1e-6f);
                assertArrayEquals(golden.get("bias" + step).toFloatArray(), bias.toFloatArray(), 1e-6f);
            }
            assertEquals(10, optimizer.steps());
        }
    }

    @Test
    void partsOfABatchAddUpToTheBatch() {
        weights.putNormal("w", 1, 1, 3);
        final NDArray w = weights.get("w");
        final AdamW optimizer = new AdamW(List.of(new ParameterGroup(weights.arrays(), 1, 0)), 0.9, 0.99, 1e-8);
        try (StepScope scope = new StepScope(weights.newScope(), optimizer.parameters())) {
            scope.backward(w.mul(2).sum(), 0.5f);
            scope.backward(w.mul(6).sum(), 0.5f);
        }
        assertArrayEquals(new float[] {4, 4, 4}, w.getGradient().toFloatArray());
        optimizer.discardGradients();
        assertArrayEquals(new float[3], w.getGradient().toFloatArray());
    }

    @Test
    void aParameterNeverReachedStillDecays() {
        weights.putConstant("used", 1, 2);
        weights.putConstant("idle", 1, 2);
        final AdamW optimizer = new AdamW(List.of(new ParameterGroup(weights.arrays(), 1, 0.5)), 0.9, 0.99, 1e-8);
        try (StepScope scope = new StepScope(weights.newScope(), optimizer.parameters())) {
            scope.backward(weights.get("used").square().sum());
        }
        optimizer.step(0.1, 1);
        assertArrayEquals(new float[] {0.95f, 0.95f}, weights.get("idle").toFloatArray(), 1e-6f);
        assertArrayEquals(new float[] {0.85f, 0.85f}, weights.get("used").toFloatArray(), 1e-5f);
    }

    @Test
    void aGradientThatIsNotFiniteIsSeenAndCanBeDiscarded() {
        weights.putConstant("w", 0, 2);
        final AdamW optimizer = new AdamW(List.of(new ParameterGroup(weights.arrays(), 1, 0)), 0.9, 0.99, 1e-8);
        try (StepScope scope = new StepScope(weights.newScope(), optimizer.parameters())) {
            scope.backward(weights.get("w").log().sum());
        }
        assertFalse(GradientClipping.of(optimizer.parameters(), 1).isFinite());
        optimizer.discardGradients();
        assertTrue(GradientClipping.of(optimizer.parameters(), 1).isFinite());
        assertEquals(0, GradientClipping.of(optimizer.parameters(), 1).norm());
    }

    @Test
    void decayIsForMatricesAlone() {
        weights.putConstant("weight", 1, 2, 2);
        weights.putConstant("bias", 1, 2);
        final List<ParameterGroup> groups = List.of(ParameterGroup.of(weights.arrays(), 0.1));
        assertEquals(List.of("weight"), List.copyOf(groups.get(0).parameters().keySet()));
        assertEquals(0.1, groups.get(0).weightDecay());
        assertEquals(List.of("bias"), List.copyOf(groups.get(1).parameters().keySet()));
        assertEquals(0, groups.get(1).weightDecay());
        assertThrows(IllegalArgumentException.class, () -> new AdamW(List.of(groups.get(0), groups.get(0)), 0.9, 0.99, 1e-8));
    }
}
