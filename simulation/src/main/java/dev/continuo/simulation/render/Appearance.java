package dev.continuo.simulation.render;

import dev.continuo.simulation.handwriting.EquationLine;
import dev.continuo.simulation.handwriting.Handwriting;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Everything about a scene that is seen but does not move: table, handwriting, and how it is looked at. Drawn from a seed; the same seed gives the same pictures. Immutable; may be shared between renderers.
 */
public final class Appearance {
    final Look look;
    final Texture table;
    final Texture board;
    final Texture[] cards;
    private final List<EquationLine.Written> boardLine;
    private Appearance(
        final Surroundings surroundings, final Handwriting writers, final String text, final List<Integer> values, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        look = new Look(ArmMeshes.MATERIALS, seed, random);
        this.table = TablePainter.paint(surroundings.pick(random), random.split());
        final SheetPainter painter = new SheetPainter(writers, random.split());
        final SheetPainter.Board painted = painter.board(text);
        this.board = painted.face();
        this.boardLine = painted.line();
        this.cards = new Texture[values.size()];
        final double[] paper = painter.paper(0.82, 1.0, 0.14);
        for (int i = 0; i < cards.length; i++) {
            cards[i] = painter.card(values.get(i), paper);
        }
        paintArms(random, paper);
    }

    /**
     * Draws an appearance.
     *
     * @param surroundings what table and light may look like
     * @param writers      whose hands wrote board and cards
     * @param boardText    what stands on the board: digits and {@code + - × ÷ =}
     * @param cardValues   the digits on the cards, from left to right
     */
    public static Appearance draw(
        final Surroundings surroundings, final Handwriting writers, final String boardText, final List<Integer> cardValues,
        final long seed) {
        return new Appearance(surroundings, writers, boardText, cardValues, seed);
    }

    /** The seed that this was drawn from. */
    public long seed() {
        return look.seed;
    }

    /** What is written on the board, from left to right; places on the board's sheet. */
    public List<EquationLine.Written> boardLine() {
        return boardLine;
    }

    private void paintArms(final SplittableRandom random, final double[] paper) {
        final double body = random.nextDouble(0.20, 0.36);
        final double motor = random.nextDouble(0.07, 0.14);
        look.paint(ArmMeshes.BODY, body, body, body * 1.04);
        look.paint(ArmMeshes.MOTOR, motor, motor, motor * 1.05);
        look.paint(ArmMeshes.ACCENT, random.nextDouble(0.65, 0.9), random.nextDouble(0.2, 0.4), random.nextDouble(0.05, 0.15));
        look.paint(ArmMeshes.PAD, 0.42, 0.43, 0.45);
        look.paint(ArmMeshes.CARD, 0.86 * paper[0], 0.86 * paper[1], 0.86 * paper[2]);
    }
}
