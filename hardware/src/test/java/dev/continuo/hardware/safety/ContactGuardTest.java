package dev.continuo.hardware.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ContactLimit;
import dev.continuo.hardware.safety.ContactGuard.Feeling;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContactGuardTest {
    private static final double NEWTONS = 30;
    private static final double NEWTON_METRES = 4;
    private static final long AGE = 50;

    private final ContactGuard guard = new ContactGuard(Optional.of(new ContactLimit("wrist", NEWTONS, NEWTON_METRES, AGE)));

    private Feeling feel(final double... wrench) {
        guard.feel(wrench, 100);
        return guard.judge(100);
    }

    @Test
    void whatIsFeltAtRestCountsAsNothing() {
        assertEquals(Feeling.FREE, feel(0, 0, -200, 0, 9, 0), "the hand and the sensor's own bias");
        assertTrue(guard.rest());
        assertEquals(Feeling.FREE, feel(0, 0, -200, 0, 9, 0));
        assertEquals(Feeling.FREE, feel(0, 0, -171, 0, 9, 0));
        assertEquals(Feeling.TOUCHING, feel(0, 0, -169, 0, 9, 0));
        assertEquals(Feeling.TOUCHING, feel(0, 0, 0, 0, 0, 0));
    }

    @Test
    void theLimitIsOfTheForceAndOfTheTorqueWhateverTheirDirection() {
        feel(0, 0, 0, 0, 0, 0);
        assertTrue(guard.rest());
        assertEquals(Feeling.FREE, feel(10, 20, 20, 0, 0, 0), "30 N");
        assertEquals(Feeling.TOUCHING, feel(10, -20, 20.1, 0, 0, 0));
        assertEquals(Feeling.FREE, feel(0, 0, 0, 0, 0, -4));
        assertEquals(Feeling.TOUCHING, feel(0, 0, 0, -3, 0, 2.7));
        assertEquals(Feeling.TOUCHING, feel(Double.NaN, 0, 0, 0, 0, 0));
        assertEquals(Feeling.TOUCHING, feel(0, 0, 0, 0, Double.NEGATIVE_INFINITY, 0));
        assertEquals(Feeling.FREE, feel(0, 0, 0, 0, 0, 0));
    }

    @Test
    void nothingIsKnownWithoutAYoungReading() {
        assertEquals(Feeling.UNKNOWN, guard.feeling());
        assertEquals(Feeling.UNKNOWN, guard.judge(0));
        assertFalse(guard.rest(), "armed blindly");
        assertEquals(Feeling.FREE, feel(1, 0, 0, 0, 0, 0));
        assertEquals(Feeling.FREE, guard.judge(100 + AGE));
        assertEquals(Feeling.UNKNOWN, guard.judge(100 + AGE + 1));
        assertEquals(Feeling.UNKNOWN, guard.judge(99), "from the future");
        assertEquals(Feeling.FREE, feel(2, 0, 0, 0, 0, 0));
    }

    @Test
    void anArmThatPressesIsNotTakenToRestAnew() {
        feel(0, 0, 0, 0, 0, 0);
        assertTrue(guard.rest());
        feel(0, 0, 40, 0, 0, 0);
        assertFalse(guard.rest());
        assertEquals(Feeling.TOUCHING, guard.judge(100), "still more than at rest");
        feel(0, 0, 20, 0, 0, 0);
        assertTrue(guard.rest());
        assertEquals(Feeling.FREE, feel(0, 0, 45, 0, 0, 0));
    }

    @Test
    void withoutALimitNothingIsTooMuch() {
        final ContactGuard none = new ContactGuard(Optional.empty());
        assertEquals(Feeling.FREE, none.judge(Long.MAX_VALUE));
        assertTrue(none.rest());
    }
}
