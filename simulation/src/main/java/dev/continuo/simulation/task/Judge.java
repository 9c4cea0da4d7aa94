package dev.continuo.simulation.task;

import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;

/** Scores a trial as the paper does: success from where the cards lie, reading and mathematics from the reasoning text. */
public final class Judge {
    /** Farther from a slot's centre than this, metres, a card does not lie in it. */
    public static final double SLOT_TOLERANCE = 0.03;
    /** Points for reading, at most. */
    public static final int MOST_OCR = 4;
    /** Points for mathematics, at most. */
    public static final int MOST_MATHEMATICS = 2;
    private static final double FLAT = Math.cos(Math.toRadians(15));
    private static final double HEIGHT_TOLERANCE = 0.006;

    private Judge() {
    }

    /**
     * What a reasoning text earns. Optical character recognition counts 4, mathematics 2.
     *
     * @param numbers   1 when both operands are read right
     * @param cards     1 when all card values and places are right
     * @param sign      2 when the operator is read right
     * @param answer    1 when the answer is right
     * @param selection 1 when the card to pick next, and its place, are right
     */
    public record Scores(int numbers, int cards, int sign, int answer, int selection) {
        /** Nothing earned: no text was given. */
        public static final Scores NONE = new Scores(0, 0, 0, 0, 0);

        /** Points of 4 for reading. */
        public int ocr() {
            return numbers + cards + sign;
        }

        /** Points of 2 for mathematics. */
        public int mathematics() {
            return answer + selection;
        }
    }

    /**
     * Scores a text that belongs to an observation of a trial.
     *
     * @param places where each card was in that observation
     */
    public static Scores score(final TrialSpec trial, final Place[] places, final String text) {
        final ReasoningText said = ReasoningText.parse(text);
        final ReasoningText right = ReasoningText.parse(ReasoningText.of(trial, places));
        return new Scores(
            said.numbers().equals(right.numbers()) ? 1 : 0,
            said.cards().equals(right.cards()) ? 1 : 0,
            said.sign() == right.sign() ? 2 : 0,
            said.answer() == right.answer() ? 1 : 0,
            said.pick() == right.pick() && said.pickFrom() == right.pickFrom() && said.done() == right.done() ? 1 : 0);
    }

    /** Whether the cards of the answer lie flat in their slots, released, and no other card is on the board. */
    public static boolean success(final TrialSpec trial, final SceneState state) {
        final int[] digits = trial.answerDigits();
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            final int slot = slotFor(digits, trial.cards().get(card));
            final boolean right = slot >= 0 ? liesInSlot(state, card, slot) : !state.cardOverBoard(card);
            if (!right) {
                return false;
            }
        }
        return true;
    }

    /** How many digits of the answer, from the left, lie right. */
    public static int laid(final TrialSpec trial, final SceneState state) {
        final int[] digits = trial.answerDigits();
        int slot = 0;
        while (slot < digits.length && liesInSlot(state, trial.cardShowing(digits[slot]), slot)) {
            slot++;
        }
        return slot;
    }

    /** Whether a card lies flat in a slot and is released. */
    public static boolean liesInSlot(final SceneState state, final int card, final int slot) {
        final double distance = Math.hypot(state.card(card, 0) - state.slotX(slot), state.card(card, 1) - state.slotY(slot));
        final double height = state.card(card, 2) - CellGeometry.BOARD_THICKNESS - CellGeometry.CARD_THICKNESS / 2;
        return distance <= SLOT_TOLERANCE && Math.abs(height) <= HEIGHT_TOLERANCE && state.cardUprightness(card) >= FLAT
            && !state.cardHeld[card];
    }

    /** One line on what lies where, for example {@code 12: 1 in slot 1, 2 in slot 2, 5 in the row}. */
    public static String outcome(final TrialSpec trial, final SceneState state) {
        final StringBuilder line = new StringBuilder().append(trial.equation().answer()).append(": ");
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            line.append(card == 0 ? "" : ", ").append(trial.cards().get(card)).append(' ').append(where(state, card));
        }
        return line.toString();
    }

    private static String where(final SceneState state, final int card) {
        for (int slot = 0; slot < CellGeometry.slots(); slot++) {
            if (liesInSlot(state, card, slot)) {
                return "in slot " + (slot + 1);
            }
        }
        if (state.cardHeld[card]) {
            return "in a gripper";
        }
        if (state.card(card, 2) < -CellGeometry.CARD_THICKNESS) {
            return "off the table";
        }
        return state.cardOverBoard(card) ? "on the board" : "on the table";
    }

    private static int slotFor(final int[] digits, final int digit) {
        for (int slot = 0; slot < digits.length; slot++) {
            if (digits[slot] == digit) {
                return slot;
            }
        }
        return -1;
    }
}
