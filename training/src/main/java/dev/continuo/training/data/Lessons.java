package dev.continuo.training.data;

import dev.continuo.simulation.handwriting.WriterSplit;
import dev.continuo.simulation.render.Appearance;
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
 * The examples that the model learns from: pages of symbols, arithmetic in words, whole scenes with their reasoning, and robot samples. Scenes that no demonstration shows come from equations that evaluation never sees, in training writers'
 * hands. For one thread; everything is drawn from the random source that is passed.
 */
final class Lessons {
    /** What is asked of a page. */
    static final String READ = "Read this.";

    private static final int PAGE_PIXELS = 84;
    /** Heights in which digits are seen on cards and on the board, and somewhat beyond; pixels. */
    private static final double SMALLEST_GLYPH = 14;
    private static final double LARGEST_GLYPH = 22;
    private static final double OTHER_EQUATIONS = 0.6;
    private static final double LAID_ALREADY = 0.4;
    /** How far from a slot's middle a card may lie that was laid there, metres. */
    private static final double LAID_WITHIN = 0.02;
    private static final double LAID_TURN = 0.15;
    /** The share of scenes whose arms are where a demonstration's were, whatever the cards. */
    private static final double ARMS_ANYWHERE = 0.6;
    private static final double READY_NOISE = 0.05;

    private final Eye eye;
    private final PagePainter pages = new PagePainter(PAGE_PIXELS);
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

    /** A page of symbols; its answer is in the truth alone. */
    Example page(final RandomGenerator random) {
        final PagePainter.Page page = pages.paint(random.nextDouble(SMALLEST_GLYPH, LARGEST_GLYPH), random);
        return new Example(Optional.of(eye.picture(page.rgb(), PAGE_PIXELS, PAGE_PIXELS)), READ, "", Optional.empty(),
            Optional.of(new Example.Truth(page.symbols().kinds(), new float[0], new float[0])));
    }

    /** Arithmetic without a picture. */
    Example arithmetic(final RandomGenerator random) {
        final Equation equation = random.nextDouble() < OTHER_EQUATIONS ? any(random) : demonstrated(random);
        return new Example(Optional.empty(), equation.text() + "=", Integer.toString(equation.answer()), Optional.empty(), Optional.empty());
    }

    /** A scene in words instead of a picture: to calculate, to look up where a card lies, and to say so, there is nothing to be seen. */
    Example described(final RandomGenerator random) {
        final TrialSpec trial = trial(random, OTHER_EQUATIONS);
        final Place[] now = {Place.LEFT, Place.MIDDLE, Place.RIGHT};
        for (final int digit : trial.answerDigits()) {
            if (random.nextDouble() >= LAID_ALREADY) {
                break;
            }
            now[trial.cardShowing(digit)] = Place.BOARD;
        }
        final StringBuilder prompt = new StringBuilder(trial.equation().text());
        for (int card = 0; card < now.length; card++) {
            prompt.append(card == 0 ? ": " : ", ").append(new ReasoningText.Card(trial.cards().get(card), now[card]));
        }
        return new Example(Optional.empty(), prompt.toString(), ReasoningText.of(trial, now), Optional.empty(), Optional.empty());
    }

    /**
     * Whole scenes and their reasoning: {@code count} moments of one trial. The arms wait or are anywhere: in demonstrations they tell what
     * is being done, here only the cards do.
     */
    List<Example> scenes(final RandomGenerator random, final int count) {
        final TrialSpec trial = trial(random, OTHER_EQUATIONS);
        final Appearance appearance = trial.appearance();
        final List<Example> examples = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final SceneState scene = laidOut(trial, random);
            final Place[] now = {Place.LEFT, Place.MIDDLE, Place.RIGHT};
            final int[] digits = trial.answerDigits();
            for (int slot = 0; slot < digits.length && random.nextDouble() < LAID_ALREADY; slot++) {
                final int card = trial.cardShowing(digits[slot]);
                layNearSlot(scene, card, slot, random);
                now[card] = Place.BOARD;
            }
            examples.add(scene(scene, trial, appearance, ReasoningText.of(trial, now), Optional.empty()));
        }
        return examples;
    }

    /** Robot samples: {@code count} rows of one demonstration. */
    List<Example> robots(final RandomGenerator random, final int count) {
        final List<DemonstrationSet.Row> rows = demonstrations.draw(random, count);
        final Appearance appearance = rows.getFirst().trial().appearance();
        final List<Example> examples = new ArrayList<>(count);
        for (final DemonstrationSet.Row row : rows) {
            examples.add(scene(row.scene(), row.trial(), appearance, row.reasoning(), Optional.of(row.motion())));
        }
        return examples;
    }

    private Example scene(final SceneState scene, final TrialSpec trial, final Appearance appearance, final String reasoning,
        final Optional<Example.Motion> motion) {
        eye.look(scene, appearance);
        final Example.Truth truth = new Example.Truth(
            eye.symbols(scene, appearance, trial.cards()).kinds(), SceneTruth.ofScene(scene), SceneTruth.ofReasoning(reasoning));
        return new Example(Optional.of(eye.whole()), MathMatching.INSTRUCTION, reasoning, motion, Optional.of(truth));
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

    private static void layNearSlot(final SceneState scene, final int card, final int slot, final RandomGenerator random) {
        scene.layCard(card, scene.slotX(slot) + random.nextDouble(-LAID_WITHIN, LAID_WITHIN),
            scene.slotY(slot) + random.nextDouble(-LAID_WITHIN, LAID_WITHIN),
            CellGeometry.BOARD_THICKNESS + CellGeometry.CARD_THICKNESS / 2, scene.boardYaw + random.nextDouble(-LAID_TURN, LAID_TURN));
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
}
