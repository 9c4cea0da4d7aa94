package dev.continuo.supervision.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.actors.actor.StageHealth;
import dev.continuo.supervision.cluster.FromRole;
import dev.continuo.supervision.cluster.RoleName;
import dev.continuo.supervision.process.ChildProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoleDeskTest {
    private static final long SECOND = 1_000_000_000L;
    private final RoleDesk desk = new RoleDesk(60 * SECOND, 5 * SECOND);

    @BeforeEach
    void expectBrain() {
        desk.expect(RoleName.BRAIN, 0);
        desk.started(RoleName.BRAIN, new ChildProcess.Started("brain", 1, 100), 0);
    }

    @Test
    void aFreshProcessMayBeSilentForLongerThanOneThatHasSpoken() {
        assertTrue(desk.silence(RoleName.BRAIN, 50 * SECOND).isEmpty());
        assertTrue(desk.silence(RoleName.BRAIN, 61 * SECOND).isPresent());
        alive(100, 50 * SECOND, 0);
        assertTrue(desk.silence(RoleName.BRAIN, 54 * SECOND).isEmpty());
        assertEquals("no sign of life for 6 s", desk.silence(RoleName.BRAIN, 56 * SECOND).orElseThrow());
    }

    @Test
    void aLateWordOfAProcessThatIsGoneDoesNotCount() {
        alive(100, SECOND, 0);
        assertTrue(desk.isReady(RoleName.BRAIN));
        fail();
        assertFalse(desk.isReady(RoleName.BRAIN));
        desk.started(RoleName.BRAIN, new ChildProcess.Started("brain", 2, 101), 3 * SECOND);
        alive(100, 3 * SECOND, 0);
        assertFalse(desk.isReady(RoleName.BRAIN));
        assertEquals("brain is being restarted", desk.notice());
        alive(101, 4 * SECOND, 0);
        assertTrue(desk.isReady(RoleName.BRAIN));
        assertEquals("", desk.notice());
    }

    @Test
    void restartsOfStagesAddUpOverProcesses() {
        alive(100, SECOND, 2);
        fail();
        desk.started(RoleName.BRAIN, new ChildProcess.Started("brain", 2, 101), 3 * SECOND);
        alive(101, 4 * SECOND, 1);
        assertEquals(1, desk.restarts().get("brain"));
        assertEquals(3, desk.restarts().get("camera-top"));
    }

    @Test
    void whatACameraLacksIsToldWhenItBeginsAndWhenItEnds() {
        assertEquals(List.of(), alive(100, SECOND, 0));
        assertEquals(List.of("camera-top gives no new picture"), camera(2 * SECOND, "gives no new picture", 9));
        assertEquals("camera-top gives no new picture", desk.notice());
        assertEquals(List.of(), camera(3 * SECOND, "gives no new picture", 9));
        assertEquals(List.of("camera-top is not connected"), camera(4 * SECOND, "is not connected", 9));
        assertEquals(List.of("camera-top is well again"), camera(5 * SECOND, "", 10));
        assertEquals("", desk.notice());
    }

    @Test
    void countsAddUpOverAgentsAndProcesses() {
        camera(SECOND, "", 10);
        camera(2 * SECOND, "", 14);
        desk.alive(new FromRole.Alive(RoleName.BRAIN, 100, true,
            List.of(new StageHealth("camera-top", "", Map.of("received", 5L), 1, 0, "", 0), new StageHealth("action", "", Map.of(), 0, 0, "", 0)), null), 3 * SECOND);
        fail();
        desk.started(RoleName.BRAIN, new ChildProcess.Started("brain", 2, 101), 3 * SECOND);
        desk.alive(new FromRole.Alive(RoleName.BRAIN, 101, true, List.of(new StageHealth("camera-top", "", Map.of("received", 100L), 0, 0, "", 0)), null), 4 * SECOND);
        assertEquals(Map.of("camera-top", Map.of("received", 14L + 5 + 100)), desk.counts());
    }

    private List<String> camera(final long now, final String lack, final long received) {
        return desk.alive(new FromRole.Alive(RoleName.BRAIN, 100, true,
            List.of(new StageHealth("camera-top", lack, Map.of("received", received), 0, 0, "", 0)), null), now);
    }

    private void fail() {
        desk.failed(RoleName.BRAIN, new ChildProcess.Failed("brain", 1, 100, 137, "", Duration.ofMillis(200)));
    }

    private List<String> alive(final long pid, final long now, final int cameraRestarts) {
        return desk.alive(new FromRole.Alive(RoleName.BRAIN, pid, true,
            List.of(new StageHealth("camera-top", "", Map.of(), cameraRestarts, 0, "", 0)), null), now);
    }
}
