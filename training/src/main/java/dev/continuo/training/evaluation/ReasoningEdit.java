package dev.continuo.training.evaluation;

import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.Place;
import dev.continuo.simulation.task.ReasoningText;
import dev.continuo.simulation.task.TrialSpec;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Puts a wrong answer into the model's mouth in the middle of a trial, and watches which card is taken: what the picture asks for and
 * what the words ask for are then two different cards.
 *
 * <p>The words stay those of the last edit, but for where the cards lie. For one thread.
 */
final class ReasoningEdit implements UnaryOperator<String> {
    /** How long there is to take a card. */
    static final long PATIENCE_NANOS = 25_000_000_000L;
    /** A card above this height, metres, was taken. */
    private static final double TAKEN_HEIGHT = 0.03;

    private final TrialSpec trial;
    private final long firstNanos;
    private final int named;
    private Place[] places = {Place.LEFT, Place.MIDDLE, Place.RIGHT};
    private boolean begun;
    private int taken = -1;

    /**
     * An edit that names one of the cards that are not to be taken first.
     *
     * @param firstNanos how long the model's own words stand. Other words are heard a reasoning later; a card is in the gripper after
     *                   some two and a half seconds
     */
    ReasoningEdit(final TrialSpec trial, final long firstNanos, final long seed) {
        this.trial = trial;
        this.firstNanos = firstNanos;
        final int asked = trial.cardShowing(trial.answerDigits()[0]);
        named = (asked + 1 + new SplittableRandom(seed).nextInt(CellGeometry.CARDS - 1)) % CellGeometry.CARDS;
    }

    @Override
    public String apply(final String said) {
        return begun ? ReasoningText.claiming(trial, places, digit()) : said;
    }

    /**
     * Looks at the scene.
     *
     * @param playedNanos time since the arms were told to play
     * @return whether a card was taken, or there was time enough
     */
    boolean hasSeenEnough(final SceneState scene, final long playedNanos) {
        begun = playedNanos >= firstNanos;
        places = Place.all(scene);
        for (int card = 0; card < CellGeometry.CARDS && taken < 0; card++) {
            taken = scene.card(card, 2) > TAKEN_HEIGHT ? card : taken;
        }
        return taken >= 0 || playedNanos >= firstNanos + PATIENCE_NANOS;
    }

    /** The digit that the words name. */
    int digit() {
        return trial.cards().get(named);
    }

    /** The digit of the card that was taken first; -1 if none was. */
    int takenDigit() {
        return taken < 0 ? -1 : trial.cards().get(taken);
    }

    /** What came of it. */
    EditedEvaluation.Outcome outcome() {
        return new EditedEvaluation.Outcome(trial, digit(), takenDigit());
    }
}
