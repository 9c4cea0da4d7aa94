package dev.continuo.training.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.reasoning.tensor.Weights;
import dev.continuo.training.optimize.ExponentialMovingAverage;
import dev.continuo.training.optimize.ParameterGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageLoopTest {
    private static final int STEPS = 12;
    private static final int REPORT_STEPS = 4;
    private static final long SEED = 5;
    private static final String LOSS = "loss";

    @TempDir
    private Path folder;

    @Test
    void goesOnAfterAnInterruptionAsIfThereHadBeenNone() throws Exception {
        final float[] whole;
        try (Weights weights = weights()) {
            final float[] first = weights.get("w").toFloatArray();
            run(weights, folder.resolve("whole"), -1);
            whole = weights.get("w").toFloatArray();
            assertNotEquals(first[0], whole[0], "the weights learn");
        }
        final Path parts = folder.resolve("parts");
        try (Weights weights = weights()) {
            final InterruptedException interruption = assertThrows(InterruptedException.class, () -> run(weights, parts, 6));
            assertEquals("pages was interrupted after step 7", interruption.getMessage());
        }
        try (Weights weights = weights()) {
            run(weights, parts, -1);
            assertArrayEquals(whole, weights.get("w").toFloatArray(), "the weights");
        }
        // A row of the second part knows only the steps of that part.
        assertEquals(rows(folder.resolve("whole")).getLast(), rows(parts).getLast(), "the last row of the curve");
    }

    @Test
    void leavesOutAStepWhoseGradientIsNotFinite() throws Exception {
        try (Weights weights = weights(); ExponentialMovingAverage average = new ExponentialMovingAverage(weights, 0.9);
             Interruption none = new Interruption()) {
            loop(weights, average, folder).run(List.of(LOSS), REPORT_STEPS, weights, none, (scope, step, _) ->
                scope.backward(step == 3 ? weights.get("w").sub(weights.get("w")).sqrt().sum() : weights.get("w").square().sum()));
            for (final float value : weights.get("w").toFloatArray()) {
                assertTrue(Float.isFinite(value), "a number");
            }
        }
    }

    private static Weights weights() {
        final Weights weights = Weights.empty("test", Device.cpu());
        weights.putNormal("w", 1, SEED, 3, 4);
        return weights;
    }

    private static StageLoop loop(final Weights weights, final ExponentialMovingAverage average, final Path folder) {
        return new StageLoop(
            Stage.PAGES, folder, STEPS, SEED, List.of(ParameterGroup.of(weights.arrays(), 0.01)), List.of(average));
    }

    /** Runs to the end, or until the interruption that step {@code interruptAt} asks for. */
    private static void run(final Weights weights, final Path folder, final long interruptAt) throws Exception {
        Files.createDirectories(folder);
        try (ExponentialMovingAverage average = new ExponentialMovingAverage(weights, 0.9); Interruption interruption = new Interruption()) {
            loop(weights, average, folder).run(List.of(LOSS), REPORT_STEPS, weights, interruption, (scope, step, figures) -> {
                if (step == interruptAt) {
                    interruption.request();
                }
                final NDArray loss = loss(scope.manager(), weights, step);
                scope.backward(loss);
                figures.add(LOSS, loss.getFloat());
            });
        }
    }

    private static NDArray loss(final NDManager manager, final Weights weights, final long step) {
        final SplittableRandom random = new SplittableRandom(step);
        final float[] input = new float[8];
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) random.nextDouble(-1, 1);
        }
        return manager.create(input, new Shape(2, 4)).matMul(weights.get("w").transpose()).sub(0.5f).square().mean();
    }

    private static List<String> rows(final Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("curve.csv"));
    }
}
