package dev.continuo.training.stage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.reasoning.network.TokenBatch;
import dev.continuo.reasoning.tensor.GradientMode;
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

/**
 * Trains the vision-language model on words and, where a stage has robot data, the action expert with it.
 *
 * <p>The loss is next-token cross entropy over the answers plus the expert's noise error, weighted alike (chatvla2.md section 1.6). The
 * gradient of the expert reaches the vision-language model through both conditions.
 */
final class JointTrainer {
    private static final double WEIGHT_DECAY = 0.01;
    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.98;
    private static final double EPSILON = 1e-7;
    private static final double AVERAGE_DECAY = 0.998;
    private static final double MAX_GRADIENT = 1.0;
    private static final int REPORT_STEPS = 20;
    private static final long CHECKPOINT_NANOS = 120_000_000_000L;
    private static final List<String> COLUMNS = List.of("words", "motion", "tokens_right", "answers_right", "gradient", "rate");

    private final Stage stage;
    private final ModelUnderTraining model;
    private final BatchMaker batches;
    private final long imageToken;
    private final long seed;

    JointTrainer(final Stage stage, final ModelUnderTraining model, final BatchMaker batches, final long imageToken, final long seed) {
        this.stage = stage;
        this.model = model;
        this.batches = batches;
        this.imageToken = imageToken;
        this.seed = seed;
    }

    /** Runs the stage, from its checkpoint in {@code folder} if there is one; at the end the averages are in {@code folder}. */
    void run(final Path folder, final int steps, final int makers, final Interruption interruption) throws InterruptedException {
        final List<ParameterGroup> groups = new ArrayList<>(List.of(
            ParameterGroup.of(ModelUnderTraining.prefixed("vlm/", model.vlmWeights()), WEIGHT_DECAY)));
        groups.addAll(List.of(ParameterGroup.of(ModelUnderTraining.prefixed("expert/", model.expertWeights()), WEIGHT_DECAY)));
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
                 TrainingCurve curve = TrainingCurve.open(folder.resolve("curve.csv"), COLUMNS, begin);
                 Progress progress = Progress.begin(stage.label(), begin, steps)) {
                long saved = System.nanoTime();
                final Figures figures = new Figures();
                for (long step = begin; step < steps; step++) {
                    step(optimizer, pipeline, step, rates.at(step), figures);
                    vlmAverage.update(step);
                    expertAverage.update(step);
                    if ((step + 1) % REPORT_STEPS == 0 || step + 1 == steps) {
                        curve.append(step + 1, figures.row(rates.at(step)));
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
            model.save(folder, vlmAverage.averages(), expertAverage.averages(),
                dev.continuo.reasoning.tensor.TensorType.F32, Map.of("stage", stage.label()));
        }
    }

    private void step(final AdamW optimizer, final BatchPipeline<TrainingBatch> pipeline, final long step, final double rate,
        final Figures figures) throws InterruptedException {
        for (int part = 0; part < stage.microBatches(); part++) {
            final TrainingBatch batch = pipeline.next();
            try (StepScope scope = new StepScope(model.vlmWeights().newScope(), optimizer.parameters())) {
                final SplittableRandom noise = new SplittableRandom(seed ^ (step * stage.microBatches() + part) * 0x9E3779B97F4A7C15L);
                final NDArray loss = loss(scope.manager(), batch, noise, figures, (step + 1) % REPORT_STEPS == 0);
                scope.backward(loss, 1.0f / stage.microBatches());
            }
        }
        final GradientClipping clipping = GradientClipping.of(optimizer.parameters(), MAX_GRADIENT);
        if (clipping.isFinite()) {
            optimizer.step(rate, clipping.scale());
        } else {
            optimizer.discardGradients();
            figures.skipped++;
        }
        figures.gradient += clipping.isFinite() ? clipping.norm() : 0;
        figures.steps++;
    }

    private NDArray loss(final NDManager scope, final TrainingBatch batch, final SplittableRandom noise, final Figures figures,
        final boolean measured) {
        final TokenBatch tokens = TokenBatch.of(scope, model.vlmConfig(), imageToken, batch.samples());
        final NDArray hidden = model.network().hidden(tokens);
        final NDArray logits = model.network().logits(tokens.predictors(hidden));
        final NDArray words = logits.logSoftmax(-1).gather(tokens.targets().expandDims(1), 1).mean().neg();
        figures.words += words.getFloat() / stage.microBatches();
        if (measured) {
            figures.measure(batch, logits, tokens.targets());
        }
        if (batch.motions() == 0) {
            return words;
        }
        final PolicyConfig policy = model.expert().config();
        final int robots = batch.motions();
        final NDArray motion = model.expert().lossBatch(
            tokens.promptMean(hidden).get("0:" + robots), tokens.answerMean(hidden).get("0:" + robots),
            scope.create(batch.states(), new Shape(robots, policy.stateSize())),
            scope.create(batch.actions(), new Shape(robots, policy.chunkRows(), policy.actionSize())),
            scope.create(batch.valid(), new Shape(robots, policy.chunkRows())), noise);
        figures.motion += motion.getFloat() / stage.microBatches();
        return words.add(motion);
    }

    /** What is told about the steps since the last report. */
    private static final class Figures {
        private double words;
        private double motion;
        private double gradient;
        private double tokensRight;
        private double answersRight;
        private int steps;
        private int skipped;

        void measure(final TrainingBatch batch, final NDArray logits, final NDArray targets) {
            try (GradientMode _ = GradientMode.off()) {
                final boolean[] right = logits.stopGradient().argMax(-1).eq(targets).toBooleanArray();
                int begin = 0;
                int answers = 0;
                int tokens = 0;
                for (final TokenBatch.Sample sample : batch.samples()) {
                    boolean all = true;
                    for (int i = begin; i < begin + sample.answer().length; i++) {
                        tokens += right[i] ? 1 : 0;
                        all &= right[i];
                    }
                    begin += sample.answer().length;
                    answers += all ? 1 : 0;
                }
                tokensRight = (double) tokens / right.length;
                answersRight = (double) answers / batch.samples().size();
            }
        }

        double[] row(final double rate) {
            return new double[] {words / steps, motion / steps, tokensRight, answersRight, gradient / steps, rate};
        }

        String text() {
            return "words %.3f motion %.3f answers %.0f%%%s".formatted(
                words / steps, motion / steps, 100 * answersRight, skipped > 0 ? " skipped " + skipped : "");
        }

        void clear() {
            words = 0;
            motion = 0;
            gradient = 0;
            steps = 0;
        }
    }
}
