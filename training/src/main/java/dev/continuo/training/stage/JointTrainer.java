package dev.continuo.training.stage;

import ai.djl.ndarray.NDArray;
import dev.continuo.reasoning.tensor.Weights;
import dev.continuo.training.data.BatchMaker;
import dev.continuo.training.data.BatchRounds;
import dev.continuo.training.data.Robot;
import dev.continuo.training.data.StepRandom;
import dev.continuo.training.data.TrainingBatch;
import dev.continuo.training.optimize.ExponentialMovingAverage;
import dev.continuo.training.optimize.ParameterGroup;
import dev.continuo.training.optimize.StepScope;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Trains the vision-language model on pictures and words and, where a stage has robot data, the action expert with it. */
final class JointTrainer {
    private static final double WEIGHT_DECAY = 0.01;
    private static final double AVERAGE_DECAY = 0.998;
    private static final int REPORT_STEPS = 20;

    private static final String VLM = "vlm/";
    private static final String TRUTH = "truth/";

    private final Stage stage;
    private final ModelUnderTraining model;
    private final Map<Robot, TruthHeads> heads;
    private final BatchMaker batches;
    private final JointLoss loss;
    private final long seed;

    JointTrainer(final Stage stage, final ModelUnderTraining model, final Map<Robot, TruthHeads> heads, final BatchMaker batches,
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
        final Map<Robot, ExponentialMovingAverage> experts = new EnumMap<>(Robot.class);
        try (ExponentialMovingAverage vlm = new ExponentialMovingAverage("", model.vlmWeights(), AVERAGE_DECAY, name -> learns(VLM + name))) {
            model.robots().forEach(robot -> experts.put(robot, ModelUnderTraining.average(
                robot, model.expertWeights(robot), AVERAGE_DECAY, name -> learns(ModelUnderTraining.prefix(robot) + name))));
            final List<ExponentialMovingAverage> averages = Stream.concat(Stream.of(vlm), experts.values().stream()).toList();
            final StageLoop loop = new StageLoop(stage, folder, steps, seed, List.of(ParameterGroup.of(learning(), WEIGHT_DECAY)), averages);
            try (BatchRounds<TrainingBatch> rounds = new BatchRounds<>(batches::make, loop.firstStep(), makers)) {
                loop.run(JointLoss.FIGURES, REPORT_STEPS, model.vlmWeights(), interruption,
                    (scope, step, figures) -> scope.backward(loss(scope, rounds.next(), step, figures)));
            }
            final Map<Robot, Weights> averaged = new EnumMap<>(Robot.class);
            experts.forEach((robot, average) -> averaged.put(robot, average.averages()));
            model.save(folder, vlm.averages(), averaged, Map.of("stage", stage.label()));
            heads.values().forEach(each -> each.save(folder));
        } finally {
            experts.values().forEach(ExponentialMovingAverage::close);
        }
    }

    private NDArray loss(final StepScope scope, final TrainingBatch batch, final long step, final StepFigures figures) {
        final SplittableRandom noise = StepRandom.at(seed, step);
        return stage.visionAlone()
            ? loss.ofSight(scope.manager(), batch, figures)
            : loss.ofAll(scope.manager(), batch, noise, figures, (step + 1) % REPORT_STEPS == 0);
    }

    private Map<String, NDArray> learning() {
        final Map<String, NDArray> parameters = ModelUnderTraining.prefixed(VLM, model.vlmWeights());
        model.robots().forEach(robot -> {
            parameters.putAll(ModelUnderTraining.prefixed(ModelUnderTraining.prefix(robot), model.expertWeights(robot)));
            parameters.putAll(ModelUnderTraining.prefixed(TRUTH + robot.prefix('/'), heads.get(robot).weights()));
        });
        parameters.keySet().removeIf(name -> !learns(name));
        return parameters;
    }

    /** Where the vision tower learns alone, to step over the six times as many other weights would take a fifth of the time. */
    private boolean learns(final String name) {
        return !stage.visionAlone() || name.startsWith(VLM + "visual.") || name.startsWith(TRUTH);
    }
}
