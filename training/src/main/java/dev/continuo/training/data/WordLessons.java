package dev.continuo.training.data;

import dev.continuo.simulation.task.Equation;
import dev.continuo.simulation.task.Place;
import dev.continuo.simulation.task.ReasoningText;
import dev.continuo.simulation.task.TrialSpec;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Lessons without a picture: they stand in for the text that a language model was pretrained on, so they tell of all equations. */
final class WordLessons {
    /** Asks for any sum at all. */
    static final String ANY_SUM = "Solve the equation.";
    /** Asks what a board could show. */
    static final String ANY_BOARD = "What is written on the board?";

    private final TrainingTrials trials;

    WordLessons(final TrainingTrials trials) {
        this.trials = trials;
    }

    /**
     * What a sum comes to: asked for, or said unasked, as a line is solved and as a reasoning begins. What was learnt from answers to questions
     * alone is not found again behind an equation that the model itself has said.
     */
    Example arithmetic(final RandomGenerator random) {
        final Equation equation = trials.said(random);
        return switch (random.nextInt(3)) {
            case 0 -> said(equation.text() + "=", Integer.toString(equation.answer()));
            case 1 -> said(ANY_SUM, WritingLessons.solution(equation));
            default -> said(ANY_BOARD, "The board shows " + equation + ". " + WritingLessons.solution(equation) + ".");
        };
    }

    /** A scene in words: to calculate, to look up where a card lies, and to say so, there is nothing to be seen. */
    Example described(final RandomGenerator random) {
        final TrialSpec trial = trials.trial(trials.said(random), random);
        final Place[] now = SceneLessons.partlyLaid(trial, random);
        final StringBuilder prompt = new StringBuilder(trial.equation().text());
        for (int card = 0; card < now.length; card++) {
            prompt.append(card == 0 ? ": " : ", ").append(new ReasoningText.Card(trial.cards().get(card), now[card]));
        }
        return said(prompt.toString(), ReasoningText.of(trial, now));
    }

    private static Example said(final String prompt, final String answer) {
        return new Example(Optional.empty(), prompt, answer, Optional.empty(), Optional.empty());
    }
}
