package dev.continuo.actors.actor;

import dev.continuo.actors.actor.ArmEvent.ArmArrived;
import dev.continuo.actors.actor.ArmEvent.ArmChanged;
import dev.continuo.actors.actor.ArmEvent.ArmFailed;
import dev.continuo.actors.agent.ArmCommand;
import dev.continuo.actors.agent.ArmTelemetry;
import dev.continuo.actors.agent.MirrorArm;
import dev.continuo.actors.agent.MotionGate;
import dev.continuo.actors.agent.TestProfile;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.hardware.Arm;
import dev.continuo.hardware.ArmState;
import dev.continuo.hardware.safety.EmergencyStop;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Both arms' actors on real threads, with arms without motors; the test plays the guardian. */
final class ArmActorTest {
    private static ActorTestKit kit;
    private static final NanoClock CLOCK = SystemNanoClock.INSTANCE;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Hosting hosting = new Hosting(
        new ThreadHost(CLOCK, Duration.ofMillis(500)), CLOCK, TestProfile.profile().restart());
    private final MemoryBus bus = new MemoryBus(4096);
    private final MotionGate gate = new MotionGate(new EmergencyStop());
    private final TestProbe<ArmEvent> guardian = kit.createTestProbe(ArmEvent.class);
    private final TestProbe<ArmStatus> answers = kit.createTestProbe(ArmStatus.class);
    private final List<FailingArm> leftArms = new CopyOnWriteArrayList<>();
    private final List<FailingArm> rightArms = new CopyOnWriteArrayList<>();
    private final ArmTelemetry leftTelemetry = new ArmTelemetry("left");
    private final ArmTelemetry rightTelemetry = new ArmTelemetry("right");
    private volatile boolean leftUnreachable;
    private ActorRef<ArmActor.Command> left;
    private ActorRef<ArmActor.Command> right;

    @BeforeAll
    static void openKit() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void shutDown() {
        kit.shutdownTestKit();
    }

    @BeforeEach
    void spawn() {
        left = spawn(0, leftTelemetry, leftArms);
        right = spawn(1, rightTelemetry, rightArms);
        expectMode("left", MotionMode.DAMPING);
        statusWhen(right, status -> status.mode() == MotionMode.DAMPING);
    }

    @AfterEach
    void stop() {
        kit.stop(left);
        kit.stop(right);
        assertTrue(leftArms.getLast().mirror.isClosed());
    }

    @Test
    void armsAndGoesToReadyWhenOrdered() {
        gate.open();
        left.tell(new ArmActor.Order(ArmCommand.ARM));
        statusWhen(left, status -> status.mode() == MotionMode.HOLDING);
        left.tell(new ArmActor.Order(ArmCommand.READY));
        fish(event -> event.equals(new ArmArrived("left", ArmCommand.READY)));
        final ArmStatus status = statusWhen(left, answer -> true);
        assertEquals("", status.fault());
        assertEquals(0, status.health().restarts());
        assertTrue(leftTelemetry.loop().ticks.get() > 100);
    }

    @Test
    void failedArmIsToldToTheGuardianWhichStopsBothUntilCleared() {
        armBoth();
        left.tell(new ArmActor.Order(ArmCommand.PLAY));
        right.tell(new ArmActor.Order(ArmCommand.PLAY));
        statusWhen(right, status -> rightTelemetry.counts().starved.get() > 0);
        leftArms.getLast().fault = "motor 3 over torque";
        final ArmEvent failed = fish(event -> event instanceof ArmFailed);
        assertEquals(new ArmFailed("left", "motor 3 over torque"), failed);
        left.tell(new ArmActor.StopMotion("the left arm failed"));
        right.tell(new ArmActor.StopMotion("the left arm failed"));
        statusWhen(right, status -> status.mode() == MotionMode.STOPPING);
        final ArmStatus status = statusWhen(left, answer -> answer.mode() == MotionMode.FAULT);
        assertEquals("motor 3 over torque", status.fault());
        assertEquals(0, status.health().restarts(), "the agent still runs: it damps the arm");
        assertFalse(gate.isOpen());
        left.tell(new ArmActor.Order(ArmCommand.CLEAR_FAULT));
        assertEquals(failed, fish(event -> event instanceof ArmFailed), "it fails at once again, for the same reason");
        leftArms.getLast().fault = "";
        left.tell(new ArmActor.Order(ArmCommand.CLEAR_FAULT));
        statusWhen(left, answer -> answer.mode() == MotionMode.DAMPING);
    }

    @Test
    void crashedAgentStopsAllArmsAndIsRestartedDamped() {
        armBoth();
        right.tell(new ArmActor.Order(ArmCommand.PLAY));
        statusWhen(right, status -> rightTelemetry.counts().starved.get() > 0); // it waits for chunks
        leftArms.getLast().crashing = true;
        final ArmFailed failed = (ArmFailed)fish(event -> event instanceof ArmFailed);
        assertTrue(failed.reason().contains("planned crash"), failed.reason());
        statusWhen(right, status -> status.mode() == MotionMode.STOPPING);
        assertFalse(gate.isOpen());
        final ArmStatus restarted = statusWhen(left, status -> status.health().restarts() == 1);
        assertEquals(2, leftArms.size());
        assertTrue(leftArms.get(0).mirror.isClosed());
        statusWhen(left, status -> status.mode() == MotionMode.DAMPING);
        left.tell(new ArmActor.Order(ArmCommand.ARM));
        left.tell(new ArmActor.Order(ArmCommand.PLAY));
        assertEquals(MotionMode.DAMPING, statusWhen(left, status -> true).mode(), "the gate is still closed");
        assertTrue(restarted.health().lastFailure().contains("planned crash"));
    }

    @Test
    void restartsOfAnArmAreBounded() {
        final TestProbe<Void> deaths = kit.createTestProbe(Void.class);
        leftUnreachable = true;
        leftArms.getLast().crashing = true;
        deaths.expectTerminated(left, PATIENCE);
        int failures = 0;
        while (failures <= TestProfile.profile().restart().maxRestarts()) {
            fish(event -> event instanceof ArmFailed);
            failures++;
        }
        assertFalse(gate.isOpen());
    }

    private void armBoth() {
        gate.open();
        for (final ActorRef<ArmActor.Command> arm : List.of(left, right)) {
            arm.tell(new ArmActor.Order(ArmCommand.ARM));
            statusWhen(arm, status -> status.mode() == MotionMode.HOLDING);
        }
    }

    private ActorRef<ArmActor.Command> spawn(final int index, final ArmTelemetry telemetry, final List<FailingArm> arms) {
        final Supplier<Arm> driver = () -> {
            if (index == 0 && leftUnreachable) {
                throw new IllegalStateException("no such bus");
            }
            arms.add(new FailingArm(telemetry.arm()));
            return arms.getLast();
        };
        return kit.spawn(ArmActor.create(
            new ArmActor.Parts(TestProfile.profile(), index, driver, gate, telemetry, bus), hosting, guardian.getRef()));
    }

    private void expectMode(final String arm, final MotionMode mode) {
        fish(event -> event.equals(new ArmChanged(arm, mode)));
    }

    private ArmEvent fish(final Predicate<ArmEvent> wanted) {
        return guardian.fishForMessage(
            PATIENCE, event -> wanted.test(event) ? FishingOutcomes.complete() : FishingOutcomes.continueAndIgnore()).getLast();
    }

    private ArmStatus statusWhen(final ActorRef<ArmActor.Command> arm, final Predicate<ArmStatus> condition) {
        final long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            arm.tell(new ArmActor.GetStatus(answers.getRef()));
            final ArmStatus status = answers.receiveMessage();
            if (condition.test(status)) {
                return status;
            }
            assertTrue(System.nanoTime() < deadline, "still " + status);
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** An arm that fails or crashes when told to, on the agent's thread. */
    private static final class FailingArm implements Arm {
        private final MirrorArm mirror;
        private volatile String fault = "";
        private volatile boolean crashing;

        private FailingArm(final String name) {
            mirror = new MirrorArm(name, TestProfile.PARK.toArray());
        }

        @Override
        public int poll(final long nowNanos) {
            if (crashing) {
                throw new IllegalStateException("planned crash");
            }
            if (!fault.isEmpty() && mirror.mode() != Mode.FAULT) {
                mirror.fail(fault);
            }
            return mirror.poll(nowNanos);
        }

        @Override
        public String name() {
            return mirror.name();
        }

        @Override
        public int axisCount() {
            return mirror.axisCount();
        }

        @Override
        public Mode mode() {
            return mirror.mode();
        }

        @Override
        public ArmState state() {
            return mirror.state();
        }

        @Override
        public void arm(final long nowNanos) {
            mirror.arm(nowNanos);
        }

        @Override
        public void command(final long nowNanos, final double[] position, final double[] velocity) {
            mirror.command(nowNanos, position, velocity);
        }

        @Override
        public void damp(final long nowNanos) {
            mirror.damp(nowNanos);
        }

        @Override
        public void clearFault(final long nowNanos) {
            mirror.clearFault(nowNanos);
        }

        @Override
        public String fault() {
            return mirror.fault();
        }

        @Override
        public void close() {
            mirror.close();
        }
    }
}
