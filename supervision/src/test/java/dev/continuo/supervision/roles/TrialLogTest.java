package dev.continuo.supervision.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.TrialEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialLogTest {
    private final TrialLog log = new TrialLog();

    @Test
    void takesEachEventOnceHoweverOftenItIsTold() {
        assertTrue(log.started(started(1)));
        assertFalse(log.started(started(1)));
        assertTrue(log.ended(ended(1, true)));
        assertFalse(log.ended(ended(1, true)));
        assertFalse(log.started(started(1)), "a late repetition does not revive the trial");
        assertEquals(1, log.results().size());
        assertEquals("4+8", log.results().getFirst().asked());
    }

    @Test
    void ignoresTheEndOfATrialThatItDoesNotKnow() {
        assertFalse(log.ended(ended(3, true)));
        assertTrue(log.results().isEmpty());
    }

    @Test
    void numbersOnWhenARestartedCellCountsFromOneAgain() {
        log.started(started(1));
        log.ended(ended(1, true));
        log.started(started(2));
        log.cellLost();
        assertTrue(log.current().isEmpty());
        assertTrue(log.started(started(1)));
        assertTrue(log.ended(ended(1, false)));
        assertEquals(List.of(1, 2), log.results().stream().map(result -> result.number()).toList());
        assertEquals(1, log.successes());
    }

    @Test
    void aTrialThatIsGivenUpIsNoResult() {
        final TrialLog log = new TrialLog();
        assertTrue(log.started(started(1)));
        assertFalse(log.givenUp(new TrialEvent.GivenUp(2, 0)));
        assertTrue(log.givenUp(new TrialEvent.GivenUp(1, 0)));
        assertFalse(log.givenUp(new TrialEvent.GivenUp(1, 0)));
        assertFalse(log.started(started(1)), "told again late");
        assertTrue(log.current().isEmpty());
        assertEquals(1, log.lastEnded());
        assertTrue(log.results().isEmpty());
    }

    private static TrialEvent.Started started(final int number) {
        return new TrialEvent.Started(number, "4+8", 0);
    }

    private static TrialEvent.Ended ended(final int number, final boolean success) {
        return new TrialEvent.Ended(number, success, "12 in the slots", "The board shows 4+8.", List.of(new TrialEvent.Score("OCR", 4, 4)), 0);
    }
}
