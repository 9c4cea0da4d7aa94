package dev.continuo.supervision.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.RestartProfile;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {
    private static final long SECOND = 1_000_000_000L;
    private final RestartBudget budget = new RestartBudget(new RestartProfile(SECOND, 5 * SECOND, 4, 60 * SECOND, SECOND));

    @Test
    void waitsTwiceAsLongAfterEachFailureUpToTheLongestWait() {
        assertEquals(OptionalLong.of(SECOND), budget.failed(0));
        assertEquals(OptionalLong.of(2 * SECOND), budget.failed(SECOND));
        assertEquals(OptionalLong.of(4 * SECOND), budget.failed(2 * SECOND));
        assertEquals(OptionalLong.of(5 * SECOND), budget.failed(3 * SECOND));
    }

    @Test
    void givesUpAfterMoreFailuresThanAllowedWithinTheWindow() {
        for (int i = 0; i < 4; i++) {
            assertTrue(budget.failed(i * SECOND).isPresent());
        }
        assertTrue(budget.failed(5 * SECOND).isEmpty());
    }

    @Test
    void forgetsFailuresThatLieBeforeTheWindow() {
        for (int i = 0; i < 4; i++) {
            budget.failed(i * SECOND);
        }
        assertEquals(OptionalLong.of(SECOND), budget.failed(100 * SECOND));
    }

    @Test
    void surfacesNoOverflowWhenAHugeNumberOfRestartsIsAllowed() {
        final RestartBudget generous = new RestartBudget(new RestartProfile(SECOND, 5 * SECOND, 1000, 6000 * SECOND, SECOND));
        for (int i = 0; i < 500; i++) {
            final long wait = generous.failed(i).orElseThrow();
            assertTrue(wait >= SECOND && wait <= 5 * SECOND, () -> "waits " + wait);
        }
    }
}
