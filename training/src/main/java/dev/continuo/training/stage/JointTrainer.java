package dev.continuo.training.stage;

import ai.djl.ndarray.NDArray;
import dev.continuo.training.data.BatchMaker;
import dev.continuo.training.data.BatchPipeline;
import dev.continuo.training.data.TrainingBatch;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Trains the vision-language model on pictures and words and, where a stage has robot data, the action expert with it. */
final class JointTrainer {
    private static final double WEIGHT_DECAY = 0.01;
    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.98;
    private static final double EPSILON = 1e-7;
    private static final double AVERAGE_DECAY = 0.998;
    private static final double MAX_GRADIENT = 1.0;
    private static final int REPORT_STEPS = 20;
    private static final long CHECKPOINT_NANOS = 120_000_000_000L;

    private final Stage stage;
    private final ModelUnderTraining model;
    private final TruthHeads heads;
    private final BatchMaker batches;
    private final JointLoss loss;
    private final long seed;

    JointTrainer(final Stage stage, final ModelUnderTraining model, final TruthHeads heads, final BatchMaker batches,
        final long imageToken, final long seed) {
        this.stage = stage;
        this.model = model;
        this.heads = heads;
        this.batches = batches;
        loss = new JointLoss(model, heads, imageToken);
        this.seed = seed;
    }

    /** Runs the stage, from its checkpoint in {@code folder} if there is one; at the end the averages are in {@code folder}. */
    void run(final Path folder, final int steps, final int makers, final Interruption interruption) throws InterruptedException {
        final List<ParameterGroup> groups = new ArrayList<>(List.of(
            ParameterGroup.of(ModelUnderTraining.prefixed("vlm/", model.vlmWeights()), WEIGHT_DECAY)));
        groups.addAll(List.of(ParameterGroup.of(ModelUnderTraining.prefixed("expert/", model.expertWeights()), WEIGHT_DECAY)));
        groups.addAll(List.of(ParameterGroup.of(ModelUnderTraining.prefixed("truth/", heads.weights()), WEIGHT_DECAY)));
        final AdamW optimizer = new AdamW(groups, FIRST_DECAY, SECOND_DECAY, EPSILON);
        final LearningRate rates = LearningRate.warmUpAndCosine(stage.peakRate(), stage.lastRate(), stage.warmUpSteps(), steps);
        final Path checkpoint = folder.resolve("checkpoint.safetensors");
        try (ExponentialMovingAverage vlmAverage = new ExponentialMovingAverage(model.vlmWeights(), AVERAGE_DECAY);
             ExponentialMovingAverage expertAverage = new ExponentialMovingAverage(model.expertWeights(), AVERAGE_DECAY)) {
            // Both averages have names of their own in the checkpoint: the two models share none.
            final List<ExponentialMovingAverage> averages = List.of(vlmAverage, expertAverage);
            final long begin = Files.exists(checkpoint) ? Checkpoint.load(checkpoint, optimizer, averages).step() : 0;
            try (BatchPipeline<TrainingBatch> pipeline =
                     new BatchPipeline<>(batches::make, begin * stage.microBatches(), 3 * makers + 1, makers);
                 TrainingCurve curve = TrainingCurve.open(folder.resolve("curve.csv"), StepFigures.COLUMNS, begin);
                 Progress progress = Progress.begin(stage.label(), begin, steps)) {
                long saved = System.nanoTime();
                final StepFigures figures = new StepFigures();
                for (long step = begin; step < steps; step++) {
                    step(optimizer, pipeline, step, rates.at(step), figures);
                    vlmAverage.update(step);
                    expertAverage.update(step);
                    if ((step + 1) % REPORT_STEPS == 0 || step + 1 == steps) {
                        curve.append(step + 1, figures.row());
                        progress.at(step + 1, figures.text());
                        figures.clear();
                    }
                    if (System.nanoTime() - saved > CHECKPOINT_NANOS || step + 1 == steps || interruption.requested()) {
                        new Checkpoint(step + 1, Map.of("seed", seed)).save(checkpoint, optimizer, averages);
                        saved = System.nanoTime();
                    }
                    if (interruption.requested()) {
                        throw new InterruptedException(stage.label() + " was interrupted after step " + (step + 1));
                    }
                }
            }
            model.save(folder, vlmAverage.averages(), expertAverage.averages(), Map.of("stage", stage.label()));
            heads.save(folder);
        }
    }

    private void step(final AdamW optimizer, final BatchPipeline<TrainingBatch> pipeline, final long step, final double rate,
        final StepFigures figures) throws InterruptedException {
        for (int part = 0; part < stage.microBatches(); part++) {
            final TrainingBatch batch = pipeline.next();
            try (StepScope scope = new StepScope(model.vlmWeights().newScope(), optimizer.parameters())) {
                final SplittableRandom noise = new SplittableRandom(seed ^ (step * stage.microBatches() + part) * 0x9E3779B97F4A7C15L);
                final NDArray error = stage.visionAlone()
                    ? loss.ofSight(scope.manager(), batch, figures)
                    : loss.ofAll(scope.manager(), batch, noise, figures, (step + 1) % REPORT_STEPS == 0);
                scope.backward(error, 1.0f / stage.microBatches());
            }
        }
        final GradientClipping clipping = GradientClipping.of(optimizer.parameters(), MAX_GRADIENT);
        if (clipping.isFinite()) {
            optimizer.step(rate, clipping.scale());
        } else {
            optimizer.discardGradients();
            figures.skip();
        }
        figures.add("gradient", clipping.norm());
        figures.add("rate", rate);
    }
}
