package dev.continuo.training.stage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.policy.ActionExpert;
import dev.continuo.policy.ExpertNetwork;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.reasoning.tensor.TensorType;
import dev.continuo.reasoning.tensor.Weights;
import dev.continuo.training.data.StepRandom;
import dev.continuo.training.optimize.ExponentialMovingAverage;
import dev.continuo.training.optimize.ParameterGroup;
import dev.continuo.training.optimize.StepScope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Trains one action expert alone on the conditions of a frozen vision-language model: the paper's second stage. */
final class ExpertTrainer {
    private static final int BATCH = 64;
    private static final double WEIGHT_DECAY = 1e-3;
    private static final double AVERAGE_DECAY = 0.9995;
    private static final int REPORT_STEPS = 50;
    private static final String MOTION = "motion";

    private final Stage stage;
    private final ExpertNetwork expert;
    private final Weights weights;
    private final ConditionSet conditions;
    private final long seed;

    ExpertTrainer(final Stage stage, final ExpertNetwork expert, final Weights weights, final ConditionSet conditions, final long seed) {
        this.stage = stage;
        this.expert = expert;
        this.weights = weights;
        this.conditions = conditions;
        this.seed = seed;
    }

    /** Runs the stage, from its checkpoint in {@code folder} if there is one; at the end the expert is in {@code folder}. */
    void run(final Path folder, final int steps, final Interruption interruption) throws InterruptedException {
        try (ExponentialMovingAverage average = new ExponentialMovingAverage(weights, AVERAGE_DECAY)) {
            final List<ParameterGroup> parameters = List.of(ParameterGroup.of(ModelUnderTraining.prefixed("expert/", weights), WEIGHT_DECAY));
            new StageLoop(stage, folder, steps, seed, parameters, List.of(average))
                .run(List.of(MOTION), REPORT_STEPS, weights, interruption, this::backward);
            average.averages().save(folder.resolve(ActionExpert.WEIGHTS_FILE), TensorType.F32, Map.of("stage", stage.label()));
        }
    }

    private void backward(final StepScope scope, final long step, final StepFigures figures) {
        final SplittableRandom random = StepRandom.at(seed, step);
        final int[] indices = random.ints(BATCH, 0, conditions.count()).toArray();
        final PolicyConfig config = expert.config();
        final NDManager manager = scope.manager();
        final Shape condition = new Shape(BATCH, config.conditionSize());
        final NDArray loss = expert.lossBatch(
            manager.create(conditions.observations(indices), condition), manager.create(conditions.reasonings(indices), condition),
            manager.create(conditions.states(indices), new Shape(BATCH, config.stateSize())),
            manager.create(conditions.actions(indices), new Shape(BATCH, config.chunkRows(), config.actionSize())),
            manager.create(conditions.valid(indices), new Shape(BATCH, config.chunkRows())), random);
        scope.backward(loss);
        figures.add(MOTION, loss.getFloat());
    }
}
