package dev.continuo.training.data;

import dev.continuo.simulation.task.Equation;
import dev.continuo.simulation.task.Operator;
import dev.continuo.simulation.task.Place;
import dev.continuo.simulation.task.TrialSpec;
import dev.continuo.simulation.toys.PictureBox;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * A question about a scene whose three cards lie in their row.
 *
 * @param asked  the question
 * @param answer the right answer
 */
record SceneQuestion(String asked, String answer) {
    /**
     * Where something is seen, 0 to 1 of the picture's width and height.
     *
     * @param left   its left edge
     * @param top    its upper edge
     * @param right  its right edge
     * @param bottom its lower edge
     */
    record Box(double left, double top, double right, double bottom) {
        /** As Qwen2-VL writes it between its box tokens. */
        String text() {
            return PictureBox.of(left, top, right, bottom).text();
        }
    }

    /**
     * Draws a question.
     *
     * @param boxes where each card of the row is seen
     */
    static SceneQuestion draw(final TrialSpec trial, final IntFunction<Box> boxes, final RandomGenerator random) {
        final Equation equation = trial.equation();
        final List<Integer> cards = trial.cards();
        final int card = random.nextInt(cards.size());
        return switch (random.nextInt(8)) {
            case 0 -> new SceneQuestion("Read the equation.", equation.text());
            case 1 -> new SceneQuestion(WritingLessons.SOLVE, WritingLessons.solution(equation));
            case 2 -> new SceneQuestion("What is the sign in the equation?", sign(equation.operator()));
            case 3 -> new SceneQuestion("What is the first number?", "The first number is " + equation.left() + ".");
            case 4 -> new SceneQuestion("Read the cards from left to right.",
                "The cards are " + cards.get(0) + ", " + cards.get(1) + ", " + cards.get(2) + ".");
            case 5 -> new SceneQuestion(
                "Which card is " + (card == 1 ? "in" : "on") + " the " + Place.values()[card].word() + "?", cards.get(card) + ".");
            case 6 -> new SceneQuestion("Where is the card with the number " + cards.get(card) + "?", Place.values()[card].word() + ".");
            default -> new SceneQuestion("Point to the card with the number " + cards.get(card) + ".", boxes.apply(card).text());
        };
    }

    private static String sign(final Operator operator) {
        return switch (operator) {
            case PLUS -> "The sign is plus.";
            case MINUS -> "The sign is minus.";
            case TIMES -> "The sign is times.";
            case DIVIDE -> "The sign is divided by.";
        };
    }
}
