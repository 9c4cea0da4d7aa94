package dev.continuo.training.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class StepScopeTest {

    @Test
    void twoHundredStepsLeaveNoArrayBehind() {
        try (TinyRun run = new TinyRun(); NDManager probe = run.weights.newScope(); NDManager mean = run.average.averages().newScope()) {
            run.run(0, 2);
            final int arrays = probe.getParentManager().getManagedArrays().size();
            final int averages = mean.getParentManager().getManagedArrays().size();
            run.run(2, 202);
            assertEquals(arrays, probe.getParentManager().getManagedArrays().size());
            assertEquals(averages, mean.getParentManager().getManagedArrays().size());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void twoHundredGraphsOfFiveMegabytesAreGivenBack() throws IOException {
        try (Weights weights = Weights.empty("test", Device.cpu())) {
            weights.putConstant("w", 1, 512);
            final AdamW optimizer = new AdamW(List.of(new ParameterGroup(weights.arrays(), 1, 0)), 0.9, 0.95, 1e-8);
            step(weights, optimizer, 20);
            final long before = residentKilobytes();
            step(weights, optimizer, 200);
            final long grown = residentKilobytes() - before;
            assertTrue(grown < 400_000, () -> "resident memory grew by " + grown + " kB");
        }
    }

    private static void step(final Weights weights, final AdamW optimizer, final int steps) {
        for (int i = 0; i < steps; i++) {
            try (StepScope scope = new StepScope(weights.newScope(), optimizer.parameters())) {
                scope.backward(scope.manager().ones(new Shape(1280, 512)).mul(weights.get("w")).square().mean());
            }
            optimizer.step(1e-3, GradientClipping.of(optimizer.parameters(), 1).scale());
        }
    }

    private static long residentKilobytes() throws IOException {
        return List.copyOf(Files.readAllLines(Path.of("/proc/self/status"))).stream().filter(line -> line.startsWith("VmRSS"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", ""))).findFirst().orElseThrow();
    }

    @Test
    void whatAParameterAloneYieldsIsFreedWithTheScope() {
        try (TinyRun run = new TinyRun(); NDManager probe = run.weights.newScope()) {
            final int arrays = probe.getParentManager().getManagedArrays().size();
            try (StepScope scope = new StepScope(run.weights.newScope(), run.optimizer.parameters())) {
                scope.backward(run.weights.get("policy_head.pos_embed").square().sum());
            }
            assertEquals(arrays, probe.getParentManager().getManagedArrays().size());
        }
    }

    @Test
    void gradientsAreRecordedInsideAndAsBeforeOutside() {
        try (TinyRun run = new TinyRun(); GradientMode _ = GradientMode.off()) {
            try (StepScope _ = new StepScope(run.weights.newScope(), run.optimizer.parameters())) {
                assertTrue(JniUtils.isGradMode());
            }
            assertFalse(JniUtils.isGradMode());
        }
    }

    @Test
    void trainingLearns() {
        try (TinyRun run = new TinyRun()) {
            final float first = run.run(0, 1);
            final float last = run.run(1, 150);
            assertTrue(last < first, () -> first + " -> " + last);
        }
    }
}
