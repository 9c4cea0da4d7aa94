package dev.continuo.training.optimize;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.policy.Conditioning;
import dev.continuo.policy.ExpertNetwork;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.policy.Prediction;
import dev.continuo.policy.ScaleDpInitialization;
import dev.continuo.reasoning.tensor.Weights;
import java.util.List;
import java.util.Random;

/** A tiny action expert in training: random batches, each a function of the step. */
final class TinyRun implements AutoCloseable {

    static final PolicyConfig CONFIG =
        new PolicyConfig(2, 16, 2, 4, 3, 2, 8, 100, 10, Prediction.EPSILON, Conditioning.ReasoningFollowing.latterHalf(2));

    private static final int BATCH = 8;

    final Weights weights = ScaleDpInitialization.random(CONFIG, 1, Device.cpu());
    final AdamW optimizer = new AdamW(List.of(ParameterGroup.of(weights.arrays(), 1e-3)), 0.9, 0.95, 1e-8);
    final ExponentialMovingAverage average = new ExponentialMovingAverage(weights, 0.99);
    private final ExpertNetwork expert = new ExpertNetwork(CONFIG, weights);
    private final LearningRate learningRate = LearningRate.warmUpAndCosine(1e-2, 1e-3, 5, 40);

    /** Takes the steps from one number up to another; returns the last loss. */
    float run(final long from, final long to) {
        float loss = 0;
        for (long step = from; step < to; step++) {
            final Random random = new Random(step);
            try (StepScope scope = new StepScope(weights.newScope(), optimizer.parameters())) {
                final NDManager batch = scope.manager();
                final NDArray value = expert.lossBatch(
                    normal(batch, random, BATCH, 8), normal(batch, random, BATCH, 8), normal(batch, random, BATCH, 2),
                    normal(batch, random, BATCH, 4, 3), batch.ones(new Shape(BATCH, 4)), random);
                scope.backward(value);
                loss = value.getFloat();
            }
            optimizer.step(learningRate.at(step), GradientClipping.of(optimizer.parameters(), 1).scale());
            average.update(step);
        }
        return loss;
    }

    private static NDArray normal(final NDManager manager, final Random random, final long... shape) {
        final float[] values = new float[(int) new Shape(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, new Shape(shape));
    }

    @Override
    public void close() {
        average.close();
        weights.close();
    }
}
