package dev.continuo.training.stage;

import dev.continuo.reasoning.tensor.Weights;
import dev.continuo.training.optimize.AdamW;
import dev.continuo.training.optimize.Checkpoint;
import dev.continuo.training.optimize.CurvePicture;
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

/**
 * The steps of a stage from where its checkpoint in the stage's folder left them, whatever is learnt: optimiser and averages, the curve,
 * the progress, checkpoints, and the end between two steps when that is asked for. For one thread.
 */
final class StageLoop {
    /** What a stage goes on from, in its folder. */
    static final String CHECKPOINT = "checkpoint.safetensors";

    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.98;
    private static final double EPSILON = 1e-7;
    private static final double MAX_GRADIENT = 1.0;
    private static final long CHECKPOINT_NANOS = 120_000_000_000L;
    private static final String GRADIENT = "gradient";
    private static final String RATE = "rate";

    private final Stage stage;
    private final Path folder;
    private final long steps;
    private final long seed;
    private final AdamW optimizer;
    private final List<ExponentialMovingAverage> averages;
    private final long firstStep;

    /** The passes of one step, whose gradients stay with the parameters. */
    @FunctionalInterface
    interface Pass {
        /**
         * Computes the gradients of a step.
         *
         * @param scope   of the pass, closed after it
         * @param step    counted from 0
         * @param figures takes what is worth telling
         */
        void run(StepScope scope, long step, StepFigures figures) throws InterruptedException;
    }

    /**
     * Makes the optimiser and, if there is a checkpoint, sets it, the parameters and the averages to what that holds.
     *
     * @param steps    the stage's, in all
     * @param averages of parameters, no name in two of them; the caller's
     */
    StageLoop(final Stage stage, final Path folder, final long steps, final long seed, final List<ParameterGroup> parameters,
        final List<ExponentialMovingAverage> averages) {
        this.stage = stage;
        this.folder = folder;
        this.steps = steps;
        this.seed = seed;
        this.averages = averages;
        optimizer = new AdamW(parameters, FIRST_DECAY, SECOND_DECAY, EPSILON);
        firstStep = Files.exists(checkpoint()) ? Checkpoint.load(checkpoint(), optimizer, averages).step() : 0;
    }

    private Path checkpoint() {
        return folder.resolve(CHECKPOINT);
    }

    /** The step that {@link #run} begins with. */
    long firstStep() {
        return firstStep;
    }

    /**
     * Runs the steps that are left.
     *
     * @param columns     what {@code pass} tells, in the order of the curve
     * @param reportSteps steps of a row of the curve
     * @param memory      whose scope each pass has
     * @throws InterruptedException when an interruption was asked for; the checkpoint is written
     */
    void run(final List<String> columns, final int reportSteps, final Weights memory, final Interruption interruption, final Pass pass)
        throws InterruptedException {
        // A stage that is made very short has no time for the whole rise.
        final LearningRate rates = LearningRate.warmUpAndCosine(
            stage.peakRate(), stage.lastRate(), Math.min(stage.warmUpSteps(), steps / 2), steps);
        final StepFigures figures = new StepFigures(columns, List.of(GRADIENT, RATE));
        final Path rows = folder.resolve("curve.csv");
        try (TrainingCurve curve = TrainingCurve.open(rows, figures.columns(), firstStep);
             Progress progress = Progress.begin(stage.label(), firstStep, steps)) {
            long saved = System.nanoTime();
            for (long step = firstStep; step < steps; step++) {
                try (StepScope scope = new StepScope(memory.newScope(), optimizer.parameters())) {
                    pass.run(scope, step, figures);
                }
                move(rates.at(step), figures);
                for (final ExponentialMovingAverage average : averages) {
                    average.update(step);
                }
                final boolean last = step + 1 == steps;
                if ((step + 1) % reportSteps == 0 || last) {
                    curve.append(step + 1, figures.row());
                    progress.at(step + 1, figures.text());
                    figures.clear();
                }
                if (System.nanoTime() - saved > CHECKPOINT_NANOS || last || interruption.requested()) {
                    new Checkpoint(step + 1, Map.of("seed", seed)).save(checkpoint(), optimizer, averages);
                    CurvePicture.draw(rows, folder.resolve("curve.png"));
                    saved = System.nanoTime();
                }
                if (interruption.requested() && !last) {
                    throw new InterruptedException(stage.label() + " was interrupted after step " + (step + 1));
                }
            }
        }
    }

    private void move(final double rate, final StepFigures figures) {
        final GradientClipping clipping = GradientClipping.of(optimizer.parameters(), MAX_GRADIENT);
        if (clipping.isFinite()) {
            optimizer.step(rate, clipping.scale());
        } else {
            optimizer.discardGradients();
            figures.skip();
        }
        figures.add(GRADIENT, clipping.norm());
        figures.add(RATE, rate);
    }
}
