package dev.continuo.supervision.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.continuo.actors.actor.StageHealth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoleStagesTest {
    private static final long TIMEOUT_NANOS = 1_000;
    private final RoleStages stages = new RoleStages();

    private List<String> heard(final String lack, final long counted, final int restarts, final String lastFailure) {
        return stages.heard(List.of(new StageHealth("action", lack, Map.of("chunks", counted), restarts, 0, lastFailure, 0)), TIMEOUT_NANOS);
    }

    @Test
    void aStageThatIsStartedAgainIsToldWithItsReason() {
        assertEquals(List.of(), heard("", 10, 0, ""));
        assertEquals(List.of("action is started again: failed: java.lang.IllegalStateException: odd"), heard("", 3, 1, "failed: java.lang.IllegalStateException: odd"));
        assertEquals(List.of(), heard("", 4, 1, "failed: java.lang.IllegalStateException: odd"));
        assertEquals(Map.of("action", 1), stages.restarts());
        assertEquals(Map.of("action", Map.of("chunks", 14L)), stages.counts());
    }

    @Test
    void aProcessThatIsReplacedBeginsAnewAndNothingIsForgotten() {
        heard("", 10, 2, "failed: odd");
        stages.ended();
        assertEquals(List.of(), heard("", 1, 0, ""));
        assertEquals(Map.of("action", 2), stages.restarts());
        assertEquals(Map.of("action", Map.of("chunks", 11L)), stages.counts());
    }

    @Test
    void whatAStageLacksIsToldOnce() {
        assertEquals(List.of("action gets no pictures"), heard("gets no pictures", 0, 0, ""));
        assertEquals(List.of(), heard("gets no pictures", 0, 0, ""));
        assertEquals("action gets no pictures", stages.complaint());
        assertEquals(List.of("action is well again"), heard("", 0, 0, ""));
        assertEquals("", stages.complaint());
    }
}
