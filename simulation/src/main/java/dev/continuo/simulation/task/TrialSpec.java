package dev.continuo.simulation.task;

import dev.continuo.simulation.handwriting.Handwriting;
import dev.continuo.simulation.handwriting.WriterSplit;
import dev.continuo.simulation.render.Appearance;
import dev.continuo.simulation.render.Surroundings;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * One trial: what stands on the board, which cards lie where, and how it looks. The same spec gives the same scene.
 *
 * @param equation     what is asked
 * @param equalsShown  whether an equals sign follows it on the board
 * @param cards        the digits of the three cards from left to right, all different
 * @param writers      whose hands write
 * @param surroundings what table and light may look like
 * @param seed         places of cards and board, and everything that is seen
 */
public record TrialSpec(
    Equation equation, boolean equalsShown, List<Integer> cards, WriterSplit writers, Surroundings surroundings, long seed) {
    private static final double CARD_SHIFT = 0.012;
    private static final double CARD_TURN = Math.toRadians(8);
    private static final double BOARD_SHIFT = 0.012;
    private static final double BOARD_TURN = Math.toRadians(2);

    /** Checks that the cards spell the answer. */
    public TrialSpec {
        cards = List.copyOf(cards);
        if (cards.size() != CellGeometry.CARDS || cards.stream().distinct().count() != cards.size()) {
            throw new IllegalArgumentException("three different cards, not " + cards);
        }
        for (final int digit : equation.answerDigits()) {
            if (!cards.contains(digit)) {
                throw new IllegalArgumentException("cards " + cards + " cannot spell " + equation + "=" + equation.answer());
            }
        }
    }

    /** Draws a trial of an equation: distractors, their order and all the rest come from the seed. */
    public static TrialSpec draw(final Equation equation, final Split split, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<Integer> cards = new ArrayList<>();
        for (final int digit : equation.answerDigits()) {
            cards.add(digit);
        }
        while (cards.size() < CellGeometry.CARDS) {
            final int digit = random.nextInt(10);
            if (!cards.contains(digit)) {
                cards.add(digit);
            }
        }
        Collections.shuffle(cards, new Random(random.nextLong()));
        return new TrialSpec(equation, random.nextBoolean(), cards, split.writers(), split.surroundings(), random.nextLong());
    }

    /** What stands on the board. */
    public String boardText() {
        return equalsShown ? equation.text() + "=" : equation.text();
    }

    /** The digits to lay down, from left to right. */
    public int[] answerDigits() {
        return equation.answerDigits();
    }

    /** Which card of the row, 0 the left one, shows a digit; -1 when none does. */
    public int cardShowing(final int digit) {
        return cards.indexOf(digit);
    }

    /** Lays board and cards out; the arms stay as they are. */
    public void layOut(final SceneState state) {
        final SplittableRandom random = new SplittableRandom(seed);
        state.boardX = CellGeometry.BOARD_X + random.nextDouble(-BOARD_SHIFT, BOARD_SHIFT);
        state.boardY = random.nextDouble(-BOARD_SHIFT, BOARD_SHIFT);
        state.boardYaw = random.nextDouble(-BOARD_TURN, BOARD_TURN);
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            state.layCard(
                card, CellGeometry.CARD_ROW_X + random.nextDouble(-CARD_SHIFT, CARD_SHIFT),
                CellGeometry.cardRowY(card) + random.nextDouble(-CARD_SHIFT, CARD_SHIFT), random.nextDouble(-CARD_TURN, CARD_TURN));
        }
    }

    /** How it looks. Takes milliseconds: once per trial. */
    public Appearance appearance() {
        return Appearance.draw(surroundings, Handwriting.of(writers), boardText(), cards, seed ^ 0x1005L);
    }
}
