package dev.continuo.supervision.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.actors.actor.ArmActor;
import dev.continuo.actors.actor.ArmEvent;
import dev.continuo.actors.agent.ArmCommand;
import dev.continuo.actors.agent.MotionGate;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.config.RestartProfile;
import dev.continuo.hardware.safety.EmergencyStop;
import dev.continuo.supervision.roles.TrialFlow.ArmStand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArmDeskTest {
    private static final long SECOND = 1_000_000_000L;
    private final EmergencyStop emergencyStop = new EmergencyStop();
    private final MotionGate gate = new MotionGate(emergencyStop);
    private final ArmDesk desk = new ArmDesk(gate, new RestartProfile(SECOND, 4 * SECOND, 2, 60 * SECOND, SECOND));
    private final List<ArmActor.Command> told = new ArrayList<>();
    private long now;

    @BeforeEach
    void addArm() {
        desk.add("left", told::add);
    }

    @Test
    void anArmIsArmedThenReadiedThenPlays() {
        assertStand(ArmStand.ABSENT);
        change(MotionMode.DAMPING);
        assertStand(ArmStand.LIMP);
        desk.ready(now);
        assertTold(ArmCommand.ARM);
        assertTrue(gate.isOpen());
        assertStand(ArmStand.READYING);
        change(MotionMode.ARMING);
        assertStand(ArmStand.READYING);
        now += 5 * SECOND;
        change(MotionMode.HOLDING);
        assertStand(ArmStand.IDLE);
        desk.ready(now);
        assertTold(ArmCommand.READY);
        desk.ready(now);
        assertTold();
        change(MotionMode.READYING);
        change(MotionMode.HOLDING);
        desk.onEvent(new ArmEvent.ArmArrived("left", ArmCommand.READY), now);
        assertStand(ArmStand.READY);
        desk.play(now);
        assertTold(ArmCommand.PLAY);
        assertStand(ArmStand.PLAYING);
    }

    @Test
    void anOrderWithoutEffectIsGivenAgain() {
        change(MotionMode.HOLDING);
        desk.ready(now);
        assertTold(ArmCommand.READY);
        now += SECOND;
        assertStand(ArmStand.IDLE);
        desk.ready(now);
        assertTold(ArmCommand.READY);
    }

    @Test
    void aFailedArmTriesAgainAfterABackOffAndIsGivenUpInTheEnd() {
        change(MotionMode.HOLDING);
        fail();
        assertStand(ArmStand.ABSENT);
        assertEquals("left arm: motor 3 is hot", desk.notice());
        desk.tend(now);
        assertTold();
        now += SECOND;
        desk.tend(now);
        assertTold(ArmCommand.CLEAR_FAULT);
        fail();
        assertEquals("", desk.givenUp());
        fail();
        assertEquals("left", desk.givenUp());
    }

    @Test
    void nothingIsArmedWhileTheEmergencyStopIsOn() {
        change(MotionMode.DAMPING);
        emergencyStop.trigger("test");
        desk.ready(now);
        assertTold();
        assertFalse(gate.isOpen());
    }

    @Test
    void stoppingClosesTheGateForAllArms() {
        gate.open();
        desk.stop("test", now);
        assertEquals(List.of(new ArmActor.StopMotion("test")), told);
        assertEquals("test", gate.reason());
    }

    @Test
    void parkingIsOverWhenEveryArmThatIsUpHasArrived() {
        desk.add("right", told::add);
        gate.open();
        change(MotionMode.PLAYING);
        desk.park(now);
        assertTold(ArmCommand.PARK);
        assertFalse(desk.isParked());
        change(MotionMode.HOLDING);
        desk.onEvent(new ArmEvent.ArmArrived("left", ArmCommand.PARK), now);
        assertTrue(desk.isParked(), "the right arm was never connected");
    }

    @Test
    void anArmThatPlaysIsParkedThenReleased() {
        gate.open();
        change(MotionMode.PLAYING);
        desk.rest(now);
        assertTold(ArmCommand.PARK);
        desk.rest(now);
        assertTold();
        change(MotionMode.PARKING);
        now += 5 * SECOND;
        desk.rest(now);
        assertTold();
        change(MotionMode.HOLDING);
        desk.onEvent(new ArmEvent.ArmArrived("left", ArmCommand.PARK), now);
        desk.rest(now);
        assertTold(ArmCommand.RELEASE);
        desk.rest(now);
        assertTold();
        change(MotionMode.DAMPING);
        assertStand(ArmStand.LIMP);
        desk.rest(now);
        assertTold();
    }

    @Test
    void anArmThatIsStoppedParksOnceTheEmergencyStopIsReleased() {
        change(MotionMode.HOLDING);
        emergencyStop.trigger("test");
        desk.rest(now);
        assertTold();
        emergencyStop.reset();
        desk.rest(now);
        assertTold(ArmCommand.PARK);
        now += SECOND;
        desk.rest(now);
        assertTold(ArmCommand.PARK);
        assertTrue(gate.isOpen());
    }

    private void change(final MotionMode mode) {
        desk.onEvent(new ArmEvent.ArmChanged("left", mode), now);
    }

    private void fail() {
        desk.onEvent(new ArmEvent.ArmFailed("left", "motor 3 is hot"), now);
    }

    private void assertStand(final ArmStand stand) {
        assertEquals(stand, desk.stands(now).getFirst());
    }

    private void assertTold(final ArmCommand... commands) {
        assertEquals(List.of(commands), told.stream().map(command -> ((ArmActor.Order) command).command()).toList());
        told.clear();
    }
}
