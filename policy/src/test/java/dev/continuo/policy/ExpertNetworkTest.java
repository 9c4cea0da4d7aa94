package dev.continuo.policy;

import static dev.continuo.policy.RandomValues.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.reasoning.tensor.Weights;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpertNetworkTest {

    private static final PolicyConfig TINY =
        new PolicyConfig(2, 16, 2, 4, 3, 2, 8, 100, 10, Prediction.EPSILON, Conditioning.ReasoningFollowing.latterHalf(2));

    @Test
    void rowsThatPadTheChunkDoNotCount() {
        try (Weights weights = ScaleDpInitialization.random(TINY, 3, Device.cpu()); NDManager step = NDManager.newBaseManager()) {
            final ExpertNetwork expert = new ExpertNetwork(TINY, weights);
            final float[] actions = random(4, 24);
            final float[] padded = actions.clone();
            for (int i = 18; i < 24; i++) {
                padded[i] = 0.5f;
            }
            final float[] halfValid = {1, 1, 1, 1, 1, 1, 0, 0};
            final float[] none = new float[8];
            assertEquals(0, loss(expert, step, actions, none));
            assertNotEquals(loss(expert, step, actions, halfValid), loss(expert, step, actions, new float[] {1, 1, 1, 1, 1, 1, 1, 1}));
        }
    }

    private static float loss(final ExpertNetwork expert, final NDManager step, final float[] actions, final float[] valid) {
        final NDArray loss = expert.lossBatch(
            step.create(random(1, 16), new Shape(2, 8)), step.create(random(2, 16), new Shape(2, 8)),
            step.create(random(3, 4), new Shape(2, 2)), step.create(actions, new Shape(2, 4, 3)), step.create(valid, new Shape(2, 4)),
            new Random(6));
        return loss.getFloat();
    }
}
