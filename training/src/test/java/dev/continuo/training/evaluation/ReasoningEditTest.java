package dev.continuo.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.Equation;
import dev.continuo.simulation.task.Place;
import dev.continuo.simulation.task.ReasoningText;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.task.TrialSpec;
import org.junit.jupiter.api.Test;

class ReasoningEditTest {
    private static final long FIRST = 500_000_000L;
    private static final long LATE = FIRST + 1;
    private static final TrialSpec TRIAL = TrialSpec.draw(Equation.of("4+8"), Split.IN_DOMAIN, 7);

    private final SceneState scene = new SceneState();

    @Test
    void leavesTheWordsAloneUntilTheArmsAreOnTheirWay() {
        TRIAL.layOut(scene);
        final ReasoningEdit edit = new ReasoningEdit(TRIAL, FIRST, 3);
        assertFalse(edit.hasSeenEnough(scene, FIRST - 1));
        assertEquals("whatever", edit.apply("whatever"));
        assertFalse(edit.hasSeenEnough(scene, LATE));
        final ReasoningText said = ReasoningText.parse(edit.apply("whatever"));
        assertEquals("4+8", said.equation(), "the board is what it is");
        assertEquals(edit.digit(), said.answer());
        assertEquals(edit.digit(), said.pick());
        assertEquals(Place.values()[TRIAL.cardShowing(edit.digit())], said.pickFrom());
    }

    @Test
    void neverNamesTheCardThatIsAskedFor() {
        for (long seed = 0; seed < 50; seed++) {
            assertNotEquals(1, new ReasoningEdit(TRIAL, FIRST, seed).digit(), "12 begins with 1");
        }
    }

    @Test
    void isFollowedWhenTheNamedCardIsTakenFirst() {
        TRIAL.layOut(scene);
        final ReasoningEdit edit = new ReasoningEdit(TRIAL, FIRST, 3);
        final int named = TRIAL.cardShowing(edit.digit());
        scene.layCard(named, scene.card(named, 0), scene.card(named, 1), 0);
        scene.cardPosition[3 * named + 2] = 0.05;
        assertTrue(edit.hasSeenEnough(scene, LATE));
        assertTrue(edit.outcome().followed());
        assertEquals(edit.digit(), edit.takenDigit());
        final ReasoningEdit other = new ReasoningEdit(TRIAL, FIRST, 3);
        TRIAL.layOut(scene);
        scene.cardPosition[3 * TRIAL.cardShowing(1) + 2] = 0.05;
        assertTrue(other.hasSeenEnough(scene, LATE));
        assertFalse(other.outcome().followed());
        assertEquals(1, other.takenDigit());
    }

    @Test
    void givesUpWhenNothingIsTaken() {
        TRIAL.layOut(scene);
        final ReasoningEdit edit = new ReasoningEdit(TRIAL, FIRST, 3);
        assertTrue(edit.hasSeenEnough(scene, FIRST + ReasoningEdit.PATIENCE_NANOS));
        assertFalse(edit.outcome().followed());
        assertEquals(-1, edit.takenDigit());
    }
}
