package dev.continuo.simulation.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.simulation.handwriting.WriterSplit;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final TrialSpec TWO = trial("4+8", 1, 5, 2);
    private static final TrialSpec ONE = trial("0+3", 3, 7, 1);

    private final SceneState state = new SceneState();

    private static TrialSpec trial(final String equation, final int left, final int middle, final int right) {
        return new TrialSpec(
            Equation.of(equation), true, List.of(left, middle, right), WriterSplit.TRAINING, Split.IN_DOMAIN.surroundings(), 1);
    }

    @Test
    void textsFollowTheTemplates() {
        assertEquals(
            "The board shows 0+3. 0+3=3. Cards: 3 (left), 7 (middle), 1 (right). Need 3 (left). Pick 3 from left. Next action:",
            ReasoningText.of(ONE, Place.all(state)));
        assertEquals(
            "The board shows 4+8. 4+8=12. Cards: 1 (left), 5 (middle), 2 (right). Need 1 (left), 2 (right). Pick 1 from left. Next action:",
            ReasoningText.of(TWO, Place.all(state)));
        state.layCardInSlot(0, 0);
        assertEquals(
            "The board shows 4+8. 4+8=12. Cards: 1 (board), 5 (middle), 2 (right). Need 2 (right). Pick 2 from right. Next action:",
            ReasoningText.of(TWO, Place.all(state)));
        state.layCardInSlot(2, 1);
        assertEquals(
            "The board shows 4+8. 4+8=12. Cards: 1 (board), 5 (middle), 2 (board). Done. Next action:",
            ReasoningText.of(TWO, Place.all(state)));
    }

    @Property(tries = 200)
    void parsingGivesBackWhatWasWritten(@ForAll final long seed) {
        for (final Split split : Split.values()) {
            final List<TrialSpec> trials = MathMatching.trials(split, seed);
            final TrialSpec trial = trials.get(Math.floorMod((int) seed, trials.size()));
            final ReasoningText text = ReasoningText.parse(ReasoningText.of(trial, Place.all(new SceneState())));
            assertEquals(trial.equation().text(), text.equation());
            assertEquals(trial.equation().answer(), text.answer());
            assertEquals(trial.cards(), text.cards().stream().map(ReasoningText.Card::digit).toList());
            assertEquals(trial.answerDigits()[0], text.pick());
            assertEquals(trial.equation().operator().sign(), text.sign());
        }
    }

    @Property(tries = 500)
    void parsingTakesAnyText(@ForAll final String text) {
        Judge.score(TWO, Place.all(new SceneState()), text);
    }

    @Test
    void aRightTextEarnsAllPoints() {
        final Judge.Scores scores = Judge.score(TWO, Place.all(state), ReasoningText.of(TWO, Place.all(state)));
        assertEquals(4, scores.ocr());
        assertEquals(2, scores.mathematics());
    }

    @Test
    void eachMistakeCostsItsOwnPoints() {
        final Place[] places = Place.all(state);
        final String right = ReasoningText.of(TWO, places);
        assertEquals(new Judge.Scores(0, 1, 2, 1, 1), Judge.score(TWO, places, right.replace("shows 4+8", "shows 4+3")));
        assertEquals(new Judge.Scores(1, 1, 0, 1, 1), Judge.score(TWO, places, right.replace("shows 4+8", "shows 4-8")));
        assertEquals(new Judge.Scores(1, 0, 2, 1, 1), Judge.score(TWO, places, right.replace("5 (middle)", "6 (middle)")));
        assertEquals(new Judge.Scores(1, 1, 2, 0, 1), Judge.score(TWO, places, right.replace("=12", "=11")));
        assertEquals(new Judge.Scores(1, 1, 2, 1, 0), Judge.score(TWO, places, right.replace("Pick 1 from left", "Pick 1 from right")));
        assertEquals(Judge.Scores.NONE, Judge.score(TWO, places, ""));
    }

    @Test
    void successNeedsEachCardInItsOwnSlot() {
        assertFalse(Judge.success(TWO, state));
        state.layCardInSlot(0, 0);
        assertFalse(Judge.success(TWO, state));
        assertEquals(1, Judge.laid(TWO, state));
        state.layCardInSlot(2, 1);
        assertTrue(Judge.success(TWO, state));
        assertEquals("12: 1 in slot 1, 5 on the table, 2 in slot 2", Judge.outcome(TWO, state));
        state.layCardInSlot(0, 1);
        state.layCardInSlot(2, 0);
        assertFalse(Judge.success(TWO, state), "21 is not 12");
    }

    @Test
    void aHeldTiltedMisplacedOrExtraCardIsNoSuccess() {
        state.layCardInSlot(0, 0);
        assertTrue(Judge.success(ONE, state));
        state.cardHeld[0] = true;
        assertFalse(Judge.success(ONE, state));
        state.cardHeld[0] = false;
        state.cardOrientation[0] = Math.sin(Math.toRadians(20));
        state.cardOrientation[3] = Math.cos(Math.toRadians(20));
        assertFalse(Judge.success(ONE, state));
        state.layCard(0, state.slotX(0) + 0.031, state.slotY(0), 0.01, 0);
        assertFalse(Judge.success(ONE, state));
        state.layCardInSlot(0, 0);
        state.layCardInSlot(1, 1);
        assertFalse(Judge.success(ONE, state));
    }

    @Test
    void slotsTurnWithTheBoard() {
        state.boardYaw = 0.1;
        state.boardX = 0.46;
        state.layCardInSlot(0, 0);
        assertTrue(Judge.success(ONE, state));
        assertEquals(
            0.46 + CellGeometry.SLOT_OFFSET_X * Math.cos(0.1) - CellGeometry.slotOffsetY(0) * Math.sin(0.1),
            state.card(0, 0), 1e-12);
    }
}
