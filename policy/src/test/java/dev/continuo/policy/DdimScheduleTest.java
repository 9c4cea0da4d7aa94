package dev.continuo.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DdimScheduleTest {

    private final DdimSchedule schedule = new DdimSchedule(100, 10, Prediction.EPSILON);

    @Test
    void cumulativeAlphasAreThoseOfTheSquaredCosine() {
        assertEquals(0.9993687184, schedule.cumulativeAlpha(0), 1e-10);
        assertEquals(0.9667167049, schedule.cumulativeAlpha(10), 1e-10);
        assertEquals(0.4782646329, schedule.cumulativeAlpha(50), 1e-10);
        assertEquals(0.0195443764, schedule.cumulativeAlpha(90), 1e-10);
        assertEquals(2.429e-7, schedule.cumulativeAlpha(99), 1e-10);
    }

    @Test
    void samplingWalksFromNinetyToZero() {
        for (int step = 0; step < 10; step++) {
            assertEquals(90 - 10 * step, schedule.timestep(step));
        }
    }

    @Test
    void addsNoiseAndStepsLikeDiffusers() {
        try (NDManager manager = NDManager.newBaseManager()) {
            final Map<String, NDArray> golden = Golden.load(manager, "ddim.npz");
            final float[] alphas = golden.get("cumulative_alpha").toFloatArray();
            for (int t = 0; t < 100; t++) {
                assertEquals(alphas[t], schedule.cumulativeAlpha(t), 1e-6);
                final float[] clean = golden.get("clean").get(t).toFloatArray();
                schedule.addNoise(clean, golden.get("added").get(t).toFloatArray(), t);
                assertArrayEquals(golden.get("noisy").get(t).toFloatArray(), clean, 1e-5f);
            }
            final float[] sample = golden.get("start").toFloatArray();
            for (int step = 0; step < 10; step++) {
                schedule.step(sample, golden.get("predictions").get(step).toFloatArray(), step);
                assertArrayEquals(golden.get("samples").get(step).toFloatArray(), sample, 1e-5f);
            }
        }
    }

    @Test
    void stepsFromPredictedCleanSamplesLikeDiffusers() {
        final DdimSchedule clean = new DdimSchedule(100, 10, Prediction.SAMPLE);
        try (NDManager manager = NDManager.newBaseManager()) {
            final Map<String, NDArray> golden = Golden.load(manager, "ddim_sample.npz");
            final float[] sample = golden.get("start").toFloatArray();
            for (int step = 0; step < 10; step++) {
                clean.step(sample, golden.get("predictions").get(step).toFloatArray(), step);
                assertArrayEquals(golden.get("samples").get(step).toFloatArray(), sample, 1e-5f);
            }
        }
    }

    @Property
    void theTrueNoiseLeadsBackToTheCleanSample(
        @ForAll @FloatRange(min = -1, max = 1) final float clean, @ForAll @FloatRange(min = -4, max = 4) final float noise) {
        final float[] sample = {clean};
        schedule.addNoise(sample, new float[] {noise}, schedule.timestep(0));
        for (int step = 0; step < schedule.inferenceSteps(); step++) {
            schedule.step(sample, new float[] {noise}, step);
        }
        assertEquals(clean, sample[0], 1e-4);
    }

    @Property
    void aSampleEndsWithinOneOrShowsThatItIsNotFinite(@ForAll final float start, @ForAll final float predicted) {
        final float[] sample = {start};
        for (int step = 0; step < schedule.inferenceSteps(); step++) {
            schedule.step(sample, new float[] {predicted}, step);
        }
        assertTrue(Math.abs(sample[0]) <= 1.001 || !Float.isFinite(sample[0]), () -> "ended at " + sample[0]);
    }

    @Property
    void alphasFall(@ForAll @IntRange(min = 1, max = 500) final int steps) {
        final DdimSchedule any = new DdimSchedule(steps, 1, Prediction.EPSILON);
        for (int t = 1; t < steps; t++) {
            assertTrue(any.cumulativeAlpha(t) < any.cumulativeAlpha(t - 1));
        }
    }

    @Test
    void aPredictionThatIsNotFiniteIsNotHidden() {
        for (final float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            final float[] sample = new float[4];
            for (int step = 0; step < schedule.inferenceSteps(); step++) {
                final float[] predicted = new float[4];
                Arrays.fill(predicted, bad);
                schedule.step(sample, predicted, step);
            }
            assertTrue(Float.isNaN(sample[0]));
        }
    }

    @Test
    void refusesMoreStepsThanItHas() {
        assertThrows(IllegalArgumentException.class, () -> new DdimSchedule(10, 11, Prediction.EPSILON));
    }
}
