package dev.continuo.training.stage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.training.optimize.AdamW;
import dev.continuo.training.optimize.Checkpoint;
import dev.continuo.training.optimize.ExponentialMovingAverage;
import dev.continuo.training.optimize.GradientClipping;
import dev.continuo.training.optimize.LearningRate;
import dev.continuo.training.optimize.ParameterGroup;
import dev.continuo.training.optimize.Progress;
import dev.continuo.training.optimize.StepScope;
import dev.continuo.training.optimize.TrainingCurve;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Trains the action expert alone on the conditions of a frozen vision-language model: the paper's second stage. */
final class ExpertTrainer {
    private static final int BATCH = 64;
    private static final double WEIGHT_DECAY = 1e-3;
    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.98;
    private static final double EPSILON = 1e-7;
    private static final double AVERAGE_DECAY = 0.9995;
    private static final double MAX_GRADIENT = 1.0;
    private static final int REPORT_STEPS = 50;
    private static final long CHECKPOINT_NANOS = 120_000_000_000L;

    private final Stage stage;
    private final ModelUnderTraining model;
    private final ConditionSet conditions;
    private final long seed;

    ExpertTrainer(final Stage stage, final ModelUnderTraining model, final ConditionSet conditions, final long seed) {
        this.stage = stage;
        this.model = model;
        this.conditions = conditions;
        this.seed = seed;
    }

    /** Runs the stage, from its checkpoint in {@code folder} if there is one; at the end the model is in {@code folder}. */
    void run(final Path folder, final int steps, final Interruption interruption) throws InterruptedException {
        final AdamW optimizer = new AdamW(List.of(
            ParameterGroup.of(ModelUnderTraining.prefixed("expert/", model.expertWeights()), WEIGHT_DECAY)),
            FIRST_DECAY, SECOND_DECAY, EPSILON);
        final LearningRate rates = LearningRate.warmUpAndCosine(stage.peakRate(), stage.lastRate(), stage.warmUpSteps(), steps);
        final Path checkpoint = folder.resolve("checkpoint.safetensors");
        try (ExponentialMovingAverage average = new ExponentialMovingAverage(model.expertWeights(), AVERAGE_DECAY)) {
            final long begin = Files.exists(checkpoint) ? Checkpoint.load(checkpoint, optimizer, List.of(average)).step() : 0;
            try (TrainingCurve curve = TrainingCurve.open(folder.resolve("curve.csv"), List.of("motion", "gradient", "rate"), begin);
                 Progress progress = Progress.begin(stage.label(), begin, steps)) {
                double motion = 0;
                double gradient = 0;
                long saved = System.nanoTime();
                for (long step = begin; step < steps; step++) {
                    motion += backward(optimizer, step);
                    final GradientClipping clipping = GradientClipping.of(optimizer.parameters(), MAX_GRADIENT);
                    gradient += clipping.isFinite() ? clipping.norm() : 0;
                    if (clipping.isFinite()) {
                        optimizer.step(rates.at(step), clipping.scale());
                    } else {
                        optimizer.discardGradients();
                    }
                    average.update(step);
                    if ((step + 1) % REPORT_STEPS == 0 || step + 1 == steps) {
                        final long reported = Math.min(step + 1 - begin, step % REPORT_STEPS + 1);
                        curve.append(step + 1, motion / reported, gradient / reported, rates.at(step));
                        progress.at(step + 1, "motion %.4f".formatted(motion / reported));
                        motion = 0;
                        gradient = 0;
                    }
                    if (System.nanoTime() - saved > CHECKPOINT_NANOS || step + 1 == steps || interruption.requested()) {
                        new Checkpoint(step + 1, Map.of("seed", seed)).save(checkpoint, optimizer, List.of(average));
                        saved = System.nanoTime();
                    }
                    if (interruption.requested()) {
                        throw new InterruptedException(stage.label() + " was interrupted after step " + (step + 1));
                    }
                }
            }
            model.save(folder, model.vlmWeights(), average.averages(), Map.of("stage", stage.label()));
        }
    }

    private double backward(final AdamW optimizer, final long step) {
        final SplittableRandom random = new SplittableRandom(seed + step * 0x9E3779B97F4A7C15L);
        final int[] indices = random.ints(BATCH, 0, conditions.count()).toArray();
        final PolicyConfig config = model.expert().config();
        try (StepScope scope = new StepScope(model.expertWeights().newScope(), optimizer.parameters())) {
            final NDManager manager = scope.manager();
            final Shape condition = new Shape(BATCH, config.conditionSize());
            final NDArray loss = model.expert().lossBatch(
                manager.create(conditions.observations(indices), condition), manager.create(conditions.reasonings(indices), condition),
                manager.create(conditions.states(indices), new Shape(BATCH, config.stateSize())),
                manager.create(conditions.actions(indices), new Shape(BATCH, config.chunkRows(), config.actionSize())),
                manager.create(conditions.valid(indices), new Shape(BATCH, config.chunkRows())), random);
            scope.backward(loss);
            return loss.getFloat();
        }
    }
}
