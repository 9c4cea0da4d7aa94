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

    private void fail() {
        desk.failed(RoleName.BRAIN, new ChildProcess.Failed("brain", 1, 100, 137, "", Duration.ofMillis(200)));
    }

    private void alive(final long pid, final long now, final int cameraRestarts) {
        desk.alive(new FromRole.Alive(RoleName.BRAIN, pid, true,
            List.of(new StageHealth("camera-top", false, cameraRestarts, 0, "", 0)), null), now);
    }
}
