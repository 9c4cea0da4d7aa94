package dev.continuo.simulation.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.continuo.simulation.handwriting.WriterSplit;
import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.TrialReferee.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialRefereeTest {
    private static final long SECOND = 1_000_000_000L;
    private final TrialSpec trial = new TrialSpec(
        Equation.of("4+8"), true, List.of(1, 5, 2), WriterSplit.TRAINING, Split.IN_DOMAIN.surroundings(), 1);
    private final TrialReferee referee = new TrialReferee(trial, 10 * SECOND);
    private final SceneState state = new SceneState();

    @Test
    void successMustLast() {
        referee.begin(0);
        state.layCardInSlot(0, 0);
        state.layCardInSlot(2, 1);
        assertEquals(Verdict.PLAYING, referee.update(state, SECOND));
        state.cardHeld[2] = true;
        assertEquals(Verdict.PLAYING, referee.update(state, 2 * SECOND));
        state.cardHeld[2] = false;
        assertEquals(Verdict.PLAYING, referee.update(state, 3 * SECOND));
        assertEquals(Verdict.SUCCESS, referee.update(state, 3 * SECOND + TrialReferee.SUCCESS_NANOS));
        state.layCard(0, 0.2, 0, 0);
        assertEquals(Verdict.SUCCESS, referee.update(state, 5 * SECOND), "a verdict stays");
    }

    @Test
    void aWrongCardOnTheBoardOrOffTheTableSpoilsTheTrial() {
        state.layCardInSlot(1, 0);
        referee.update(state, SECOND);
        assertEquals(Verdict.SPOILT, referee.update(state, 3 * SECOND));
        final TrialReferee other = new TrialReferee(trial, 10 * SECOND);
        state.layCard(1, 0.3, 0, 0);
        state.layCard(0, 0.3, 0.9, -0.4, 0);
        other.update(state, SECOND);
        assertEquals(Verdict.SPOILT, other.update(state, 3 * SECOND));
    }

    @Test
    void timeRunsFromTheBeginningOnly() {
        assertEquals(Verdict.PLAYING, referee.update(state, 100 * SECOND));
        referee.begin(100 * SECOND);
        referee.begin(105 * SECOND);
        assertEquals(Verdict.PLAYING, referee.update(state, 109 * SECOND));
        assertEquals(Verdict.TIMEOUT, referee.update(state, 110 * SECOND));
    }

    @Test
    void aReasoningIsScoredByTheCardsOfItsOwnFrame() {
        referee.update(state, SECOND);
        final String atFirst = ReasoningText.of(trial, Place.all(state));
        state.layCardInSlot(0, 0);
        referee.update(state, 2 * SECOND);
        referee.reasoning(atFirst, 1_500_000_000L);
        assertEquals(6, referee.scores().ocr() + referee.scores().mathematics());
        referee.reasoning("nonsense", 3 * SECOND);
        assertEquals(atFirst, referee.reasoning());
    }
}
