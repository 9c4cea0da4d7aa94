package dev.continuo.training.data;

import dev.continuo.reasoning.network.ImagePatches;
import dev.continuo.simulation.handwriting.Handwriting;
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
 * The examples that the model learns from: windows on single cards and on the equation, arithmetic in words, whole scenes with their
 * reasoning, and robot samples. Scenes that no demonstration shows come from equations that evaluation never sees, in training writers'
 * hands. For one thread; everything is drawn from the random source that is passed.
 */
final class Lessons {
    /** What is asked of a window. */
    static final String READ = "Read this.";
    /** What is asked of a scene that no robot acts in. */
    static final String DESCRIBE = MathMatching.INSTRUCTION;

    private static final int GLYPH_PIXELS = 28;
    private static final int CUTS = 2;
    private static final int SHIFT_PIXELS = 4;
    private static final int CARD_PATCHES = 2;
    private static final int LINE_COLUMNS = 14;
    private static final int LINE_ROWS = 2;
    private static final double OTHER_EQUATIONS = 0.6;
    private static final double LAID_ALREADY = 0.3;
    private static final double READY_NOISE = 0.05;

    private final Eye eye;
    private final GlyphPainter glyphs = new GlyphPainter(GLYPH_PIXELS);
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

    /**
     * Windows of one scene, each cut several times a little differently.
     *
     * @param cards whether to look at the three cards
     * @param line  whether to look at the equation
     */
    Windows windows(final RandomGenerator random, final boolean cards, final boolean line) {
        final TrialSpec trial = trial(random, OTHER_EQUATIONS);
        final SceneState scene = waiting(trial, random);
        eye.look(scene, trial.appearance());
        final List<Example> digits = new ArrayList<>();
        final List<Example> lines = new ArrayList<>();
        for (int cut = 0; cut < CUTS; cut++) {
            for (int card = 0; cards && card < CellGeometry.CARDS; card++) {
                final int left = eye.columnOf(scene.card(card, 1)) - CARD_PATCHES * 7 + shift(random);
                final int top = eye.rowOf(scene.card(card, 0)) - CARD_PATCHES * 7 + shift(random);
                digits.add(seen(eye.window(left, top, CARD_PATCHES, CARD_PATCHES), READ, Integer.toString(trial.cards().get(card))));
            }
            if (line) {
                final double lineX = scene.boardX + CellGeometry.EQUATION_OFFSET_X;
                lines.add(seen(eye.window(eye.columnOf(scene.boardY) - LINE_COLUMNS * 7 + shift(random),
                    eye.rowOf(lineX) - LINE_ROWS * 7 + shift(random), LINE_COLUMNS, LINE_ROWS), READ, trial.equation().text()));
            }
        }
        return new Windows(digits, lines);
    }

    /** Examples of two grids. */
    record Windows(List<Example> cards, List<Example> lines) {
    }

    /** A single handwritten symbol on plain paper. */
    Example glyph(final RandomGenerator random) {
        final char symbol = Handwriting.SYMBOLS.charAt(random.nextInt(Handwriting.SYMBOLS.length()));
        return seen(eye.picture(glyphs.paint(symbol, random), GLYPH_PIXELS, GLYPH_PIXELS), READ, Character.toString(symbol));
    }

    /** Arithmetic without a picture. */
    Example arithmetic(final RandomGenerator random) {
        final Equation equation = random.nextDouble() < OTHER_EQUATIONS ? any(random) : demonstrated(random);
        return new Example(Optional.empty(), equation.text() + "=", Integer.toString(equation.answer()), Optional.empty());
    }

    /** Whole scenes with waiting arms and their reasoning: {@code count} moments of one trial. */
    List<Example> scenes(final RandomGenerator random, final int count) {
        final TrialSpec trial = trial(random, OTHER_EQUATIONS);
        final Appearance appearance = trial.appearance();
        final List<Example> examples = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final SceneState scene = waiting(trial, random);
            final Place[] now = {Place.LEFT, Place.MIDDLE, Place.RIGHT};
            final int[] digits = trial.answerDigits();
            for (int slot = 0; slot < digits.length && random.nextDouble() < LAID_ALREADY; slot++) {
                final int card = trial.cardShowing(digits[slot]);
                scene.layCardInSlot(card, slot);
                now[card] = Place.BOARD;
            }
            eye.look(scene, appearance);
            examples.add(seen(eye.whole(), DESCRIBE, ReasoningText.of(trial, now)));
        }
        return examples;
    }

    /** Robot samples: {@code count} rows of one demonstration. */
    List<Example> robots(final RandomGenerator random, final int count) {
        final List<DemonstrationSet.Row> rows = demonstrations.draw(random, count);
        final Appearance appearance = rows.getFirst().trial().appearance();
        final List<Example> examples = new ArrayList<>(count);
        for (final DemonstrationSet.Row row : rows) {
            eye.look(row.scene(), appearance);
            examples.add(new Example(
                Optional.of(eye.whole()), MathMatching.INSTRUCTION, row.reasoning(), Optional.of(row.motion())));
        }
        return examples;
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
