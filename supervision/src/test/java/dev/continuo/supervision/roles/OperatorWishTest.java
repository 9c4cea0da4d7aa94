package dev.continuo.supervision.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.safety.EmergencyStop;
import dev.continuo.supervision.roles.TrialFlow.Wish;
import org.junit.jupiter.api.Test;

class OperatorWishTest {
    private final EmergencyStop emergencyStop = new EmergencyStop();
    private final OperatorWish wish = new OperatorWish(emergencyStop, true);

    @Test
    void withoutAutostartNothingIsWanted() {
        assertEquals(Wish.PLAY, wish.current());
        assertEquals(Wish.STAY, new OperatorWish(emergencyStop, false).current());
    }

    @Test
    void nothingIsWantedBetweenAStopAndAStartBehindItsRelease() {
        emergencyStop.trigger("test");
        assertTrue(wish.wasStopped());
        assertEquals(Wish.STAY, wish.current());
        assertFalse(wish.change(Wish.PLAY), "the stop is on");
        emergencyStop.reset();
        assertFalse(wish.wasStopped());
        assertEquals(Wish.STAY, wish.current());
        assertTrue(wish.change(Wish.PLAY));
        assertFalse(wish.change(Wish.PLAY), "wanted already");
        assertEquals(Wish.PLAY, wish.current());
    }

    @Test
    void theShortestStopIsToldOnceEvenIfTheArmsWereStartedBehindIt() {
        emergencyStop.trigger("test");
        emergencyStop.reset();
        assertTrue(wish.change(Wish.PLAY), "the stop took back that they play");
        assertTrue(wish.wasStopped());
        assertEquals(Wish.PLAY, wish.current());
        assertFalse(wish.wasStopped());
    }
}
