package dev.continuo.training.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import dev.continuo.reasoning.tensor.Weights;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void theRateRisesToThePeakAndFallsToTheFloor() {
        final LearningRate rate = LearningRate.warmUpAndCosine(2e-5, 2e-6, 10, 110);
        assertEquals(2e-6, rate.at(0), 1e-12);
        assertEquals(2e-5, rate.at(9), 1e-12);
        assertEquals(2e-5, rate.at(10), 1e-12);
        assertEquals(1.1e-5, rate.at(60), 1e-12);
        assertEquals(2e-6, rate.at(110), 1e-12);
        assertEquals(2e-6, rate.at(1_000_000), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> LearningRate.warmUpAndCosine(1, 0, 10, 10));
        assertThrows(IllegalArgumentException.class, () -> LearningRate.warmUpAndCosine(1, 2, 0, 10));
    }

    @Test
    void theAverageFollowsWithARisingDecay() {
        try (Weights weights = Weights.empty("test", Device.cpu())) {
            weights.putConstant("w", 1, 2);
            try (ExponentialMovingAverage average = new ExponentialMovingAverage(weights, 0.9)) {
                weights.get("w").addi(1);
                assertArrayEquals(new float[] {1, 1}, average.averages().get("w").toFloatArray());
                average.update(0);
                assertArrayEquals(new float[] {2, 2}, average.averages().get("w").toFloatArray());
                weights.get("w").addi(10);
                average.update(1_000);
                assertArrayEquals(new float[] {3, 3}, average.averages().get("w").toFloatArray(), 1e-6f);
                assertEquals(0.9, average.decay(1_000));
                assertEquals(1 - Math.pow(11, -0.75), average.decay(10), 1e-12);
            }
        }
    }
}
