package dev.continuo.training.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.continuo.reasoning.tensor.GradientMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class StepScopeTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void twoHundredStepsLeaveNothingBehind() throws IOException {
        try (TinyRun run = new TinyRun(); NDManager probe = run.weights.newScope()) {
            run.run(0, 50);
            final int arrays = probe.getParentManager().getManagedArrays().size();
            final int averages = run.average.averages().names().size();
            final long kilobytes = residentKilobytes();
            run.run(50, 250);
            assertEquals(arrays, probe.getParentManager().getManagedArrays().size());
            assertEquals(averages, run.average.averages().names().size());
            final long grown = residentKilobytes() - kilobytes;
            // One step's graph is about 2 MB: a leak of it would be 400 MB.
            assertTrue(grown < 100_000, () -> "resident memory grew by " + grown + " kB");
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
