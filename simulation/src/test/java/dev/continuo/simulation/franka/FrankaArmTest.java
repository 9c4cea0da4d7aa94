package dev.continuo.simulation.franka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.continuo.hardware.Arm;
import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.FrankaArm;
import dev.continuo.hardware.franka.FrankaConnector;
import dev.continuo.hardware.franka.FrankaHand;
import dev.continuo.hardware.franka.FrankaLink;
import dev.continuo.hardware.franka.FrankaRobot;
import dev.continuo.hardware.franka.HandFollower;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The arm of a cell on the simulated robot: a millisecond passes for both when the test says so. */
class FrankaArmTest {
    private static final long TIMEOUT_NANOS = 2_000_000_000L;
    private static final long CYCLE_NANOS = 1_000_000;
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private SimulatedFranka franka;
    private FciServer server;
    private final SimulatedHand fingers = new SimulatedHand();
    private final HandServer hand = new HandServer(fingers, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), _ -> { });
    private FrankaArm arm;
    private long nowNanos = CYCLE_NANOS;
    private final double[] position = new double[FrankaArm.AXES];
    private final double[] velocity = new double[FrankaArm.AXES];

    private void connect(final FciVersion version) {
        franka = new SimulatedFranka(version);
        server = new FciServer(franka, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), _ -> { });
        arm = new FrankaArm("arm", new FrankaConnector(() -> {
            final FrankaRobot robot = FrankaRobot.connect(server.address(), System::nanoTime, TIMEOUT_NANOS);
            return new FrankaLink(robot, Optional.of(new HandFollower(FrankaHand.connect(hand.address(), System::nanoTime, TIMEOUT_NANOS))));
        }), 100);
        until(() -> arm.mode() != Arm.Mode.CONNECTING);
        assertEquals("", arm.fault());
        assertEquals(Arm.Mode.DAMPING, arm.mode());
    }

    private void cycle() {
        nowNanos += CYCLE_NANOS;
        server.step();
        hand.step();
        arm.poll(nowNanos);
        switch (arm.mode()) {
            case ARMING, HOLDING -> arm.command(nowNanos, position, velocity);
            default -> arm.damp(nowNanos);
        }
    }

    private void until(final BooleanSupplier reached) {
        final long deadline = System.nanoTime() + PATIENCE_NANOS; // other threads connect and look after the hand, however busy this computer is
        while (!reached.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, () -> arm.mode() + " " + arm.fault());
            cycle();
            if (arm.mode() == Arm.Mode.CONNECTING) {
                Thread.yield();
            }
        }
    }

    private void hold() {
        System.arraycopy(arm.state().position, 0, position, 0, position.length);
        arm.arm(nowNanos);
        assertEquals(Arm.Mode.ARMING, arm.mode());
        until(() -> arm.mode() == Arm.Mode.HOLDING);
    }

    @AfterEach
    void leave() {
        arm.close();
        server.close();
        hand.close();
    }

    @ParameterizedTest
    @EnumSource(FciVersion.class)
    void itHoldsFollowsAndLetsGo(final FciVersion version) {
        connect(version);
        hold();
        for (int i = 0; i < 1_000; i++) {
            final double share = i / 1_000.0;
            position[0] = 0.3 * share * share * share * (10 - 15 * share + 6 * share * share);
            cycle();
        }
        for (int i = 0; i < 100; i++) {
            cycle();
        }
        assertEquals(0.3, arm.state().position[0], 2e-3);
        assertEquals(0, server.late());
        arm.damp(nowNanos);
        assertEquals(Arm.Mode.DAMPING, arm.mode());
        for (int i = 0; i < 100; i++) {
            cycle();
        }
        assertEquals("", arm.fault());
        hold();
    }

    @Test
    void aRobotThatFallsSilentIsAFault() {
        connect(FciVersion.FR3);
        for (int i = 0; i < 1_100; i++) {
            nowNanos += CYCLE_NANOS;
            arm.poll(nowNanos);
        }
        assertEquals(Arm.Mode.FAULT, arm.mode());
        assertTrue(arm.fault().contains("sends no states"), arm.fault());
        arm.clearFault(nowNanos);
        until(() -> arm.mode() == Arm.Mode.DAMPING);
    }

    @Test
    void theHandFollowsTheLastAxis() {
        connect(FciVersion.FR3);
        hold();
        position[7] = 0.06;
        until(() -> Math.abs(arm.state().position[7] - 0.06) < 1e-9);
        assertTrue(!fingers.grasped(), "there is nothing to be grasped");
        position[7] = 0.08;
        until(() -> Math.abs(arm.state().position[7] - 0.08) < 1e-9);
        fingers.hold(0.03);
        position[7] = 0.01;
        until(() -> fingers.grasped());
        until(() -> Math.abs(arm.state().position[7] - 0.03) < 1e-9);
        position[7] = 0.07;
        until(() -> Math.abs(arm.state().position[7] - 0.07) < 1e-9);
    }

    @Test
    void aReflexIsAFaultUntilItIsCleared() {
        connect(FciVersion.FR3);
        hold();
        franka.push(0, 0, 0, 0, 0, 20, 0);
        until(() -> arm.mode() == Arm.Mode.FAULT);
        assertTrue(arm.fault().contains("joint_reflex"), arm.fault());
        franka.push(0, 0, 0, 0, 0, 0, 0);
        arm.clearFault(nowNanos);
        until(() -> arm.mode() == Arm.Mode.DAMPING);
        assertEquals("", arm.fault());
        hold();
    }

    @Test
    void theUserStopIsNamed() {
        connect(FciVersion.FR3);
        franka.pressUserStop();
        until(() -> arm.mode() == Arm.Mode.FAULT);
        assertTrue(arm.fault().contains("user-stop"), arm.fault());
        arm.clearFault(nowNanos);
        until(() -> arm.fault().contains("AutomaticErrorRecovery"));
        franka.releaseUserStop();
        arm.clearFault(nowNanos);
        until(() -> arm.mode() == Arm.Mode.DAMPING);
    }

    @Test
    void aRobotThatHangsUpIsConnectedAnew() {
        connect(FciVersion.FR3);
        hold();
        server.hangUp();
        until(() -> arm.mode() == Arm.Mode.FAULT);
        assertTrue(arm.fault().contains("hung up"), arm.fault());
        arm.clearFault(nowNanos);
        until(() -> arm.mode() == Arm.Mode.DAMPING);
        hold();
    }

    /** The servers' steps allocate; what is counted is the arm's part of each cycle. System calls allocate until they are compiled, which takes its time on a busy computer. */
    @Test
    void followingAllocatesNothing() {
        connect(FciVersion.FR3);
        hold();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 60 && least > 0; round++) {
            long allocated = 0;
            for (int i = 0; i < 2_000; i++) {
                nowNanos += CYCLE_NANOS;
                server.step();
                final long before = threads.getCurrentThreadAllocatedBytes();
                arm.poll(nowNanos);
                arm.command(nowNanos, position, velocity);
                allocated += threads.getCurrentThreadAllocatedBytes() - before;
            }
            least = Math.min(least, allocated);
        }
        assertEquals(0, least);
        assertEquals(Arm.Mode.HOLDING, arm.mode(), arm::fault);
    }
}
