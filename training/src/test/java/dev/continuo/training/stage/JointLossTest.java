package dev.continuo.training.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.continuo.perception.PictureLimits;
import dev.continuo.reasoning.network.VlmConfig;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.text.ChatTokenizer;
import dev.continuo.simulation.game.Scenes;
import dev.continuo.simulation.task.Equation;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.task.TrialSpec;
import dev.continuo.training.data.BatchMaker;
import dev.continuo.training.data.Demonstrated;
import dev.continuo.training.data.DemonstrationSet;
import dev.continuo.training.data.Lesson;
import dev.continuo.training.data.Mixture;
import dev.continuo.training.data.Robot;
import dev.continuo.training.data.ToyDemonstrationSet;
import dev.continuo.training.data.TrainingBatch;
import dev.continuo.training.demonstration.Demonstration;
import dev.continuo.training.demonstration.DemonstrationPlan;
import dev.continuo.training.demonstration.DemonstrationRecorder;
import dev.continuo.training.demonstration.ToyDemonstrationRecorder;
import dev.continuo.training.optimize.AdamW;
import dev.continuo.training.optimize.ParameterGroup;
import dev.continuo.training.optimize.StepScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JointLossTest {
    @TempDir
    private static Path sizes;
    private static Demonstrated demonstrated;
    private static ModelUnderTraining model;
    private static Map<Robot, TruthHeads> heads;
    private static ChatTokenizer tokenizer;
    private static Map<String, NDArray> parameters;

    @BeforeAll
    static void load() throws IOException {
        final TrialSpec trial = TrialSpec.draw(Equation.of("4+1"), Split.IN_DOMAIN, 3);
        try (DemonstrationRecorder recorder = new DemonstrationRecorder()) {
            final Demonstration episode = recorder.record("4+1", trial.cards().stream().mapToInt(Integer::intValue).toArray(),
                new int[] {trial.cardShowing(5)}, Scenes.layout(trial), 4).orElseThrow();
            final DemonstrationSet cards = new DemonstrationSet(List.of(episode), 50);
            final ToyDemonstrationSet toys = new ToyDemonstrationSet(ToyDemonstrationRecorder.record(1, 5), 16);
            demonstrated = new Demonstrated(cards, Optional.of(toys), Map.of(Robot.ARX, cards.statistics(), Robot.FRANKA, toys.statistics()),
                DemonstrationPlan.readyAxes());
        }
        final ModelSizes both = ModelSizes.load(TwoRobots.describe(sizes));
        model = ModelUnderTraining.random(both, 1);
        heads = TruthHeads.all(both, sizes, 2);
        tokenizer = ChatTokenizer.load(sizes);
        parameters = new TreeMap<>(ModelUnderTraining.prefixed("vlm/", model.vlmWeights()));
        for (final Robot robot : Robot.values()) {
            parameters.putAll(ModelUnderTraining.prefixed(robot + "/expert/", model.expertWeights(robot)));
            parameters.putAll(ModelUnderTraining.prefixed(robot + "/truth/", heads.get(robot).weights()));
        }
    }

    @AfterAll
    static void free() {
        tokenizer.close();
        heads.values().forEach(TruthHeads::close);
        model.close();
    }

    @Test
    void whatIsSeenTeachesEveryWeightOfTheVisionTower() {
        final TrainingBatch batch = batch(Map.of(Lesson.PAGE, 2, Lesson.TOY_PAGE, 2));
        final Map<String, Float> norms = gradients((scope, figures) -> loss().ofSight(scope, batch, figures));
        norms.forEach((name, norm) -> assertEquals(
            name.contains("visual.") || name.contains("truth/symbols"), norm > 0, name + " has a gradient of " + norm));
    }

    @Test
    void aBatchOfAllKindsTeachesEveryWeight() {
        openExpert();
        final TrainingBatch batch = batch(Map.of(Lesson.ROBOT, 4, Lesson.SCENE, 2, Lesson.ARITHMETIC, 2, Lesson.DESCRIBED, 2,
            Lesson.LINE, 2, Lesson.QUESTION, 2, Lesson.TOY_ROBOT, 4, Lesson.TOY_SCENE, 2, Lesson.TOY_QUESTION, 2,
            Lesson.TOY_DESCRIBED, 2));
        final Map<String, Float> norms = gradients((scope, figures) -> loss().ofAll(scope, batch, new SplittableRandom(5), figures, true));
        norms.forEach((name, norm) -> assertTrue(norm > 0, name + " has no gradient"));
    }

    @Test
    void anActionHearsWhatWasSaidEarlierInItsEpisode() {
        assertArrayEquals(new int[] {0, 0, 2, 2, 4}, batch(Map.of(Lesson.ROBOT, 5, Lesson.SCENE, 2)).scenes().get(Robot.ARX).motions().heard());
    }

    @Test
    void theGradientIsTheSlopeOfTheLoss() {
        final TrainingBatch batch = batch(Map.of(Lesson.PAGE, 2));
        final BiFunction<NDManager, StepFigures, NDArray> loss = (scope, figures) -> loss().ofSight(scope, batch, figures);
        for (final String name : List.of("vlm/visual.patch_embed.proj.weight", "vlm/visual.merger.mlp.2.weight", "ARX/truth/symbols.weight")) {
            final float norm = gradients(loss).get(name);
            final NDArray parameter = parameters.get(name);
            try (GradientMode _ = GradientMode.off(); NDManager scope = model.vlmWeights().newScope()) {
                final NDArray before = parameter.duplicate();
                before.attach(scope);
                final NDArray step = direction.get(name).mul(0.01f / norm);
                step.attach(scope);
                parameter.set(new NDIndex("..."), before.add(step));
                final float above = loss.apply(scope, new StepFigures(JointLoss.FIGURES, List.of())).getFloat();
                parameter.set(new NDIndex("..."), before.sub(step));
                final float below = loss.apply(scope, new StepFigures(JointLoss.FIGURES, List.of())).getFloat();
                parameter.set(new NDIndex("..."), before);
                assertEquals(0.02f, above - below, 0.001f, name);
            }
        }
    }

    /** The unit vectors along the last gradients. */
    private final Map<String, NDArray> direction = new TreeMap<>();

    private Map<String, Float> gradients(final BiFunction<NDManager, StepFigures, NDArray> loss) {
        final AdamW optimizer = new AdamW(List.of(ParameterGroup.of(parameters, 0)), 0.9, 0.98, 1e-7);
        try (StepScope scope = new StepScope(model.vlmWeights().newScope(), optimizer.parameters())) {
            scope.backward(loss.apply(scope.manager(), new StepFigures(JointLoss.FIGURES, List.of())));
        }
        final Map<String, Float> norms = new TreeMap<>();
        parameters.forEach((name, parameter) -> {
            final NDArray gradient = parameter.getGradient();
            norms.put(name, gradient.norm().getFloat());
            direction.put(name, gradient.div(Math.max(1e-12f, norms.get(name))));
        });
        optimizer.discardGradients();
        return norms;
    }

    /** An expert begins with closed gates, through which nothing reaches what lies behind them. */
    private static void openExpert() {
        try (GradientMode _ = GradientMode.off()) {
            model.robots().forEach(robot -> model.expertWeights(robot).arrays().forEach((name, array) -> {
                if (name.contains("adaLN") || name.contains("final_layer")) {
                    array.set(new NDIndex("..."), array.getManager().randomNormal(array.getShape()).mul(0.05f));
                }
            }));
        }
    }

    private static JointLoss loss() {
        return new JointLoss(model, heads, tokenizer.imageToken());
    }

    private static TrainingBatch batch(final Map<Lesson, Integer> mixture) {
        return new BatchMaker(tokenizer, VlmConfig.load(sizes), PictureLimits.load(sizes), demonstrated, new Mixture(mixture), 7).make(0);
    }
}
