package dev.continuo.simulation.toys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.task.TrialReferee.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ToyRefereeTest {
    private static final long SECOND = 1_000_000_000L;
    private static final ToyCamera CAMERA = new ToyCamera();

    private final ToyTrial trial = ToyPlacement.trials(Split.IN_DOMAIN, 6).getFirst();
    private final ToyScene scene = new ToyScene();
    private final ToyReferee referee = new ToyReferee(trial, CAMERA, 20 * SECOND);

    @BeforeEach
    void layOut() {
        trial.layOut(scene);
    }

    private void place() {
        final double[] goal = trial.goal(scene);
        scene.stand(ToyTable.OBJECT, trial.instruction().object(), goal[0], goal[1], 0);
        scene.position[2] += PlacingZone.of(trial.instruction().relation()).aloft() ? Toy.Role.TARGET.height() : 0;
    }

    @Test
    void anObjectThatStandsHalfASecondIsSuccess() {
        referee.begin(scene, 0);
        assertEquals(Verdict.PLAYING, referee.update(scene, SECOND));
        place();
        assertEquals(Verdict.PLAYING, referee.update(scene, 2 * SECOND));
        assertEquals(Verdict.PLAYING, referee.update(scene, 2 * SECOND + ToyReferee.SUCCESS_NANOS - 1));
        assertEquals(Verdict.SUCCESS, referee.update(scene, 2 * SECOND + ToyReferee.SUCCESS_NANOS));
        trial.layOut(scene);
        assertEquals(Verdict.SUCCESS, referee.update(scene, 30 * SECOND), "a verdict stays");
    }

    @Test
    void whatIsPushedAwayForLongSpoilsTheTrial() {
        referee.begin(scene, 0);
        scene.position[3 * ToyTable.TARGET] += 0.05;
        assertEquals(Verdict.PLAYING, referee.update(scene, SECOND));
        assertEquals(Verdict.SPOILT, referee.update(scene, SECOND + ToyReferee.SPOILT_NANOS));
    }

    @Test
    void anObjectThatFallsOffTheTableSpoilsTheTrial() {
        referee.begin(scene, 0);
        scene.position[2] = -0.3;
        referee.update(scene, SECOND);
        assertEquals(Verdict.SPOILT, referee.update(scene, SECOND + ToyReferee.SPOILT_NANOS));
    }

    @Test
    void timeRunsFromTheBeginningOnly() {
        assertEquals(Verdict.PLAYING, referee.update(scene, 60 * SECOND));
        assertFalse(referee.hasBegun());
        referee.begin(scene, 60 * SECOND);
        assertEquals(Verdict.PLAYING, referee.update(scene, 80 * SECOND - 1));
        assertEquals(Verdict.TIMEOUT, referee.update(scene, 80 * SECOND));
    }

    @Test
    void aReasoningIsScoredByHowThingsStoodWhenItLooked() {
        referee.update(scene, SECOND);
        final String truth = ToyReasoning.of(trial, scene, CAMERA);
        place();
        referee.update(scene, 2 * SECOND);
        referee.reasoning("about what was before", 0);
        assertEquals("", referee.reasoning());
        referee.reasoning(truth, SECOND + 5);
        assertEquals(truth, referee.reasoning());
        assertEquals(1, referee.objectScore());
        assertEquals(1, referee.spatialScore());
        referee.reasoning("something later", 3 * SECOND);
        assertEquals(truth, referee.reasoning(), "the first one counts");
    }

    @Test
    void theOutcomeIsSaidInWords() {
        assertEquals("the " + trial.instruction().object().name() + " is in the hand", outcomeHeld());
        place();
        assertEquals("the " + trial.instruction().object().name() + " stands " + trial.instruction().relation().phrase() + " the "
            + trial.instruction().target().name(), ToyJudge.outcome(trial, scene));
    }

    private String outcomeHeld() {
        scene.held[ToyTable.OBJECT] = true;
        final String outcome = ToyJudge.outcome(trial, scene);
        scene.held[ToyTable.OBJECT] = false;
        return outcome;
    }
}
