package dev.continuo.training.data;

import dev.continuo.simulation.render.Appearance;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.MathMatching;
import dev.continuo.simulation.task.Place;
import dev.continuo.simulation.task.ReasoningText;
import dev.continuo.simulation.task.TrialSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Lessons about whole scenes. Scenes that no demonstration shows come from equations that evaluation never sees, in training writers'
 * hands. For one thread; everything is drawn from the random source that is passed.
 */
final class SceneLessons {
    /** The share of scenes that are moments of a demonstration with something else on board and cards. */
    private static final double RETOLD = 0.5;
    /** The shares, of the other scenes, in which the first card is laid, and, of these, in which the second is. */
    private static final double[] LAID_ALREADY = {0.6, 0.3};
    /** How far from a slot's middle a card may lie that was laid there, metres. */
    private static final double LAID_WITHIN = 0.02;
    private static final double LAID_TURN = 0.15;
    /** The share of scenes whose arms are where a demonstration's were, whatever the cards. */
    private static final double ARMS_ANYWHERE = 0.6;
    private static final double READY_NOISE = 0.05;
    private static final double OTHER_WORDING = 0.3;

    private final Eye eye;
    private final TrainingTrials trials;
    private final DemonstrationSet demonstrations;
    private final float[] readyAxes;

    /**
     * Lessons.
     *
     * @param eye            how scenes are seen
     * @param demonstrations the robot data
     * @param readyAxes      14 axis positions of arms that wait
     */
    SceneLessons(final Eye eye, final TrainingTrials trials, final DemonstrationSet demonstrations, final float[] readyAxes) {
        this.eye = eye;
        this.trials = trials;
        this.demonstrations = demonstrations;
        this.readyAxes = readyAxes.clone();
    }

    /**
     * Whole scenes and their reasoning: {@code count} moments of one trial. In half of them arms and cards are where they were in a
     * demonstration; in the others the arms wait or are anywhere, so that only the cards tell what is to be done.
     */
    List<Example> scenes(final RandomGenerator random, final int count) {
        return random.nextDouble() < RETOLD ? retold(random, count) : posed(random, count);
    }

    private List<Example> retold(final RandomGenerator random, final int count) {
        return moments(
            demonstrations.draw(random, count, demonstrated -> trials.retold(demonstrated, random)), _ -> Optional.empty(), random);
    }

    private List<Example> posed(final RandomGenerator random, final int count) {
        final TrialSpec trial = trials.trial(trials.shown(random), random);
        final Appearance appearance = trial.appearance();
        final List<Example> examples = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final SceneState scene = laidOut(trial, random);
            final Place[] now = partlyLaid(trial, random);
            layAsSaid(scene, trial, now, random);
            examples.add(scene(scene, trial, appearance, ReasoningText.of(trial, now), Optional.empty(), random));
        }
        return examples;
    }

    /** Robot samples: {@code count} rows of one demonstration. */
    List<Example> robots(final RandomGenerator random, final int count) {
        return moments(demonstrations.draw(random, count), row -> Optional.of(row.motion()), random);
    }

    private List<Example> moments(
        final List<DemonstrationSet.Row> rows, final Function<DemonstrationSet.Row, Optional<Example.Motion>> motion, final RandomGenerator random) {
        final Appearance appearance = rows.getFirst().trial().appearance();
        return rows.stream().map(row -> scene(row.scene(), row.trial(), appearance, row.reasoning(), motion.apply(row), random)).toList();
    }

    /** {@code count} questions about one scene, nothing laid yet. */
    List<Example> questions(final RandomGenerator random, final int count) {
        final TrialSpec trial = trials.trial(trials.shown(random), random);
        final SceneState scene = laidOut(trial, random);
        eye.look(scene, trial.appearance());
        final List<Example> examples = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final SceneQuestion question = SceneQuestion.draw(trial, card -> eye.cardBox(scene, card), random);
            examples.add(new Example(Optional.of(eye.whole()), question.asked(), question.answer(), Optional.empty(), Optional.empty()));
        }
        return examples;
    }

    /** Where the cards of a trial are that may be on its way: so many of the answer's first cards are laid. */
    static Place[] partlyLaid(final TrialSpec trial, final RandomGenerator random) {
        final Place[] now = {Place.LEFT, Place.MIDDLE, Place.RIGHT};
        final int[] digits = trial.answerDigits();
        for (int slot = 0; slot < digits.length && random.nextDouble() < LAID_ALREADY[slot]; slot++) {
            now[trial.cardShowing(digits[slot])] = Place.BOARD;
        }
        return now;
    }

    private Example scene(final SceneState scene, final TrialSpec trial, final Appearance appearance, final String reasoning,
        final Optional<Example.Motion> motion, final RandomGenerator random) {
        eye.look(scene, appearance);
        final Example.Truth truth = new Example.Truth(
            eye.symbols(scene, appearance, trial.cards()).kinds(), new int[0], SceneTruth.ofScene(scene), SceneTruth.ofReasoning(reasoning));
        return new Example(Optional.of(eye.whole()), wording(random), reasoning, motion, Optional.of(truth));
    }

    private static String wording(final RandomGenerator random) {
        return random.nextDouble() < OTHER_WORDING
            ? MathMatching.WORDINGS.get(random.nextInt(1, MathMatching.WORDINGS.size())) : MathMatching.INSTRUCTION;
    }

    private SceneState laidOut(final TrialSpec trial, final RandomGenerator random) {
        final SceneState scene = new SceneState();
        trial.layOut(scene);
        final float[] axes = random.nextDouble() < ARMS_ANYWHERE ? demonstrations.axes(random) : readyAxes;
        for (int axis = 0; axis < scene.axes.length; axis++) {
            final double noise = axis % 7 == 6 ? 0.01 : READY_NOISE;
            scene.axes[axis] = axes[axis] + random.nextDouble(-noise, noise);
        }
        scene.timeNanos = random.nextInt();
        return scene;
    }

    private static void layAsSaid(final SceneState scene, final TrialSpec trial, final Place[] now, final RandomGenerator random) {
        final int[] digits = trial.answerDigits();
        for (int slot = 0; slot < digits.length && now[trial.cardShowing(digits[slot])] == Place.BOARD; slot++) {
            scene.layCard(trial.cardShowing(digits[slot]), scene.slotX(slot) + random.nextDouble(-LAID_WITHIN, LAID_WITHIN),
                scene.slotY(slot) + random.nextDouble(-LAID_WITHIN, LAID_WITHIN),
                CellGeometry.BOARD_THICKNESS + CellGeometry.CARD_THICKNESS / 2, scene.boardYaw + random.nextDouble(-LAID_TURN, LAID_TURN));
        }
    }
}
