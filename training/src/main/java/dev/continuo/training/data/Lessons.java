package dev.continuo.training.data;

import dev.continuo.reasoning.network.ImagePatches;
import dev.continuo.simulation.handwriting.WriterSplit;
import dev.continuo.simulation.render.Surroundings;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.Equation;
import dev.continuo.simulation.task.EquationSplit;
import dev.continuo.simulation.task.MathMatching;
import dev.continuo.simulation.task.Operator;
import dev.continuo.simulation.task.Place;
import dev.continuo.simulation.task.ReasoningText;
import dev.continuo.simulation.task.TrialSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The examples that the model learns from: windows on single cards and on the equation, arithmetic in words, whole scenes with their
 * reasoning, and robot samples. Scenes that no demonstration shows come from equations that evaluation never sees, in training writers'
 * hands. For one thread; everything is drawn from the random source that is passed.
 */
final class Lessons {
    /** What is asked of a window. */
    static final String READ = "Read this.";
    /** What is asked of a scene that no robot acts in. */
    static final String DESCRIBE = MathMatching.INSTRUCTION;

    private static final int SHIFT_PIXELS = 4;
    private static final int CARD_PATCHES = 2;
    private static final int LINE_COLUMNS = 14;
    private static final int LINE_ROWS = 2;
    private static final double OTHER_EQUATIONS = 0.6;
    private static final double LAID_ALREADY = 0.3;
    private static final double READY_NOISE = 0.05;

    private final Eye eye;
    private final DemonstrationSet demonstrations;
    private final float[] readyAxes;
    private final Map<Operator, List<Equation>> general = new EnumMap<>(Operator.class);

    /**
     * Lessons.
     *
     * @param eye            how scenes are seen
     * @param demonstrations the robot data
     * @param readyAxes      14 axis positions of arms that wait
     */
    Lessons(final Eye eye, final DemonstrationSet demonstrations, final float[] readyAxes) {
        this.eye = eye;
        this.demonstrations = demonstrations;
        this.readyAxes = readyAxes.clone();
        for (final Operator operator : Operator.values()) {
            general.put(operator, EquationSplit.GENERAL.all(operator));
        }
    }

    /** Windows of one scene: the three cards, and the equation. */
    List<Example> windows(final RandomGenerator random) {
        final TrialSpec trial = trial(random, OTHER_EQUATIONS);
        final SceneState scene = waiting(trial, random);
        eye.look(scene, trial.appearance());
        final List<Example> examples = new ArrayList<>();
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            final int left = eye.columnOf(scene.card(card, 1)) - CARD_PATCHES * 7 + shift(random);
            final int top = eye.rowOf(scene.card(card, 0)) - CARD_PATCHES * 7 + shift(random);
            examples.add(seen(eye.window(left, top, CARD_PATCHES, CARD_PATCHES), READ, Integer.toString(trial.cards().get(card))));
        }
        final double lineX = scene.boardX + CellGeometry.EQUATION_OFFSET_X;
        final ImagePatches line = eye.window(eye.columnOf(scene.boardY) - LINE_COLUMNS * 7 + shift(random),
            eye.rowOf(lineX) - LINE_ROWS * 7 + shift(random), LINE_COLUMNS, LINE_ROWS);
        examples.add(seen(line, READ, trial.equation().text()));
        return examples;
    }

    /** Arithmetic without a picture. */
    Example arithmetic(final RandomGenerator random) {
        final Equation equation = random.nextDouble() < OTHER_EQUATIONS ? any(random) : demonstrated(random);
        return new Example(Optional.empty(), equation.text() + "=", Integer.toString(equation.answer()), Optional.empty());
    }

    /** A whole scene with waiting arms and its reasoning. */
    Example scene(final RandomGenerator random) {
        final TrialSpec trial = trial(random, OTHER_EQUATIONS);
        final SceneState scene = waiting(trial, random);
        final Place[] places = Place.values();
        final Place[] now = {places[0], places[1], places[2]};
        final int[] digits = trial.answerDigits();
        for (int slot = 0; slot < digits.length && random.nextDouble() < LAID_ALREADY; slot++) {
            final int card = trial.cardShowing(digits[slot]);
            scene.layCardInSlot(card, slot);
            now[card] = Place.BOARD;
        }
        eye.look(scene, trial.appearance());
        return seen(eye.whole(), DESCRIBE, ReasoningText.of(trial, now));
    }

    /** A robot sample: a row of a demonstration. */
    Example robot(final RandomGenerator random) {
        final DemonstrationSet.Row row = demonstrations.draw(random);
        eye.look(row.scene(), row.trial().appearance());
        return new Example(Optional.of(eye.whole()), MathMatching.INSTRUCTION, row.reasoning(), Optional.of(row.motion()));
    }

    private SceneState waiting(final TrialSpec trial, final RandomGenerator random) {
        final SceneState scene = new SceneState();
        trial.layOut(scene);
        for (int axis = 0; axis < scene.axes.length; axis++) {
            final double noise = axis % 7 == 6 ? 0.01 : READY_NOISE;
            scene.axes[axis] = readyAxes[axis] + random.nextDouble(-noise, noise);
        }
        scene.timeNanos = random.nextInt();
        return scene;
    }

    private TrialSpec trial(final RandomGenerator random, final double otherShare) {
        final Equation equation = random.nextDouble() < otherShare ? any(random) : demonstrated(random);
        final List<Integer> digits = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        final List<Integer> cards = new ArrayList<>();
        for (final int digit : equation.answerDigits()) {
            cards.add(digit);
            digits.remove((Integer) digit);
        }
        final SplittableRandom own = new SplittableRandom(random.nextLong());
        while (cards.size() < CellGeometry.CARDS) {
            cards.add(digits.remove(own.nextInt(digits.size())));
        }
        Collections.shuffle(cards, new java.util.Random(own.nextLong()));
        return new TrialSpec(equation, own.nextBoolean(), cards, WriterSplit.TRAINING, Surroundings.IN_DOMAIN, own.nextLong());
    }

    private Equation any(final RandomGenerator random) {
        final List<Equation> equations = general.get(Operator.values()[random.nextInt(Operator.values().length)]);
        return equations.get(random.nextInt(equations.size()));
    }

    private static Equation demonstrated(final RandomGenerator random) {
        return EquationSplit.DEMONSTRATIONS.get(random.nextInt(EquationSplit.DEMONSTRATIONS.size()));
    }

    private static int shift(final RandomGenerator random) {
        return random.nextInt(-SHIFT_PIXELS, SHIFT_PIXELS + 1);
    }

    private static Example seen(final ImagePatches image, final String prompt, final String answer) {
        return new Example(Optional.of(image), prompt, answer, Optional.empty());
    }
}
