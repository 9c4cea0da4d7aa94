package dev.continuo.hardware.arx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.Arm;
import dev.continuo.hardware.GravityModel;
import dev.continuo.hardware.can.AllocatedBytes;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArxArmTest {
    private static final int J2 = 1;
    private static final int J3 = 2;
    private static final int J4 = 3;
    private static final GravityModel HEAVY = (joints, torque) -> {
        java.util.Arrays.fill(torque, 0.0);
        torque[J3] = 5.5;
    };

    @ParameterizedTest
    @ValueSource(strings = {"x5", "l5", "r5"})
    void connectsArmsFollowsAndDamps(final String model) {
        final ArmBench bench = new ArmBench(ArxModel.named(model));
        bench.motors[J2].position = 0.4;
        bench.hold();
        assertEquals(0.4, bench.goal[J2], 1e-2);
        assertEquals("", bench.arm.fault());
        bench.goal[J2] = 0.55;
        bench.goal[ArxModel.GRIPPER] = 0.04;
        bench.commandFor(1.5);
        assertEquals(0.55, bench.motors[J2].position, 0.01);
        assertEquals(0.55, bench.arm.state().position[J2], 0.01);
        assertEquals(0.04, bench.arm.state().position[ArxModel.GRIPPER], 0.002);
        assertEquals(0.04 / 0.088 * 5.03, bench.motors[ArxModel.GRIPPER].position, 0.1);
        bench.damp();
        assertEquals(Arm.Mode.DAMPING, bench.arm.mode());
        assertEquals(0.0, bench.motors[J2].kp());
        assertEquals(5.0, bench.motors[J2].kd(), 0.02);
    }

    @Test
    void nothingMovesBeforeArming() {
        final ArmBench bench = new ArmBench(ArxModel.R5);
        bench.dampUntil(Arm.Mode.DAMPING);
        bench.arm.command(bench.nowNanos, new double[] {1, 1, 1, 1, 1, 1, 0.05}, bench.still);
        bench.turn();
        bench.dampFor(0.2);
        for (final StubMotor motor : bench.motors) {
            assertEquals(0.0, motor.kp(), motor.motor.joint());
            assertEquals(0.0, motor.position, 0.01, motor.motor.joint());
        }
    }

    @Test
    void usesTheRangesThatTheMotorsTell() {
        final ArmBench bench = new ArmBench(ArxModel.X5);
        bench.motors[J4].ranges = MotorRanges.damiao(12.5f, 30.0f, 18.0f);
        bench.motors[J2].ranges = new MotorRanges(12.5f, 30.0f, 25.0f, 28.0f, 500.0f, 50.0f);
        bench.motors[J2].position = 0.3;
        bench.hold();
        assertEquals(2.0, bench.motors[J2].kd(), 0.1);
        assertEquals(0.3, bench.motors[J2].position, 0.02);
        assertTrue(bench.arm.describeMotors().contains("motor 5 (J4, DM-J4310): +-12.50 rad, +-30.0 rad/s, +-18.0 Nm, told"),
            bench.arm.describeMotors());
        assertTrue(bench.arm.describeMotors().contains("motor 2 (J2, EC-A4310): +-12.50 rad, +-30.0 rad/s, +-25.0 Nm, told"),
            bench.arm.describeMotors());
    }

    @ParameterizedTest
    @ValueSource(ints = {J2, J4})
    void fallsBackToTheTableForAMotorThatDoesNotTell(final int axis) {
        final ArmBench bench = new ArmBench(ArxModel.X5);
        bench.motors[axis].mute = true;
        bench.hold();
        assertTrue(bench.arm.describeMotors().contains("ASSUMED"), bench.arm.describeMotors());
    }

    @Test
    void namesTheMotorsThatAreMissingAndConnectsOnceTheyAnswer() {
        final ArmBench bench = new ArmBench(ArxModel.R5);
        bench.motors[J4].silent = true;
        bench.motors[J2].silent = true;
        bench.dampFor(0.4);
        assertEquals(Arm.Mode.CONNECTING, bench.arm.mode());
        assertEquals("no answer from motor 2 (J2, DM-J4340), motor 5 (J4, DM-J4310): check its cable", bench.arm.fault());
        bench.motors[J4].silent = false;
        bench.motors[J2].silent = false;
        bench.dampUntil(Arm.Mode.DAMPING);
        assertEquals("", bench.arm.fault());
    }

    @Test
    void tellsAnArmWithoutPowerFromABrokenCable() {
        final ArmBench bench = new ArmBench(ArxModel.R5);
        for (final StubMotor motor : bench.motors) {
            motor.silent = true;
        }
        bench.dampFor(0.4);
        assertTrue(bench.arm.fault().startsWith("no motor answers: check the arm's power"), bench.arm.fault());
    }

    @Test
    void waitsForTheBus() {
        final ArmBench bench = new ArmBench(ArxModel.R5);
        bench.buses.host().setConnected(false);
        bench.dampFor(0.1);
        assertEquals(Arm.Mode.CONNECTING, bench.arm.mode());
        assertTrue(bench.arm.fault().startsWith("no CAN bus"), bench.arm.fault());
        bench.buses.host().setConnected(true);
        bench.dampUntil(Arm.Mode.DAMPING);
    }

    @Test
    void clearsALatchedErrorWhileConnectingAndOnlyThere() {
        final ArmBench bench = new ArmBench(ArxModel.R5);
        bench.motors[J4].reported = DamiaoFeedback.COMMUNICATION_LOST;
        bench.dampUntil(Arm.Mode.DAMPING);
        assertEquals(1, bench.motors[J4].clearings);
        assertEquals(0, bench.motors[J3].clearings, "an enabled motor may be carrying the arm");
    }

    @Test
    void writesTheMotorTimeout() {
        final ArxSettings settings = ArxSettings.atRate(250).withMotorTimeout(TimeUnit.MILLISECONDS.toNanos(500));
        final ArmBench bench = new ArmBench(ArxModel.X5, ArmBench.WEIGHTLESS, settings);
        bench.dampUntil(Arm.Mode.DAMPING);
        assertEquals(10_000, bench.motors[J4].timeoutRegister);
        assertEquals(500, bench.motors[J2].timeoutRegister);
    }

    @Test
    void stiffnessAndGravityTorqueRiseWhileArming() {
        final ArmBench bench = new ArmBench(ArxModel.R5, HEAVY, ArxSettings.atRate(250));
        bench.motors[J3].position = 0.7;
        bench.dampUntil(Arm.Mode.DAMPING);
        assertEquals(0.0, bench.motors[J3].commandedTorque(), 0.02);
        bench.arm.arm(bench.nowNanos);
        double lastKp = -1.0;
        for (int i = 0; i < 125; i++) {
            bench.command();
            assertTrue(bench.motors[J3].kp() >= lastKp);
            assertTrue(bench.motors[J3].kp() - lastKp < 1.5, "kp jumped");
            lastKp = bench.motors[J3].kp();
        }
        assertEquals(Arm.Mode.ARMING, bench.arm.mode());
        assertEquals(35.0, lastKp, 1.0);
        assertEquals(2.75, bench.motors[J3].commandedTorque(), 0.1);
        bench.commandFor(0.6);
        assertEquals(Arm.Mode.HOLDING, bench.arm.mode());
        assertEquals(70.0, bench.motors[J3].kp(), 0.2);
        assertEquals(2.0, bench.motors[J3].kd(), 0.02);
        assertEquals(5.5, bench.motors[J3].commandedTorque(), 0.02);
    }

    @Test
    void armingIgnoresCommandsAndDampingGivesItUp() {
        final ArmBench bench = new ArmBench(ArxModel.R5);
        bench.dampUntil(Arm.Mode.DAMPING);
        bench.arm.arm(bench.nowNanos);
        bench.goal[J2] = 3.0;
        bench.commandFor(0.5);
        assertEquals(0.0, bench.motors[J2].position, 0.01);
        bench.damp();
        assertEquals(Arm.Mode.DAMPING, bench.arm.mode());
        assertEquals(0.0, bench.motors[J2].kp());
    }

    @Test
    void aFirstCommandFarFromTheHeldPoseIsNotFollowed() {
        final ArmBench bench = new ArmBench(ArxModel.R5);
        bench.hold();
        bench.goal[J2] = 0.5;
        bench.commandFor(0.2);
        assertEquals(0.0, bench.motors[J2].position, 0.01);
        assertEquals(50, bench.arm.counters().rejectedCommands());
        bench.goal[J2] = 0.1;
        bench.commandFor(1.0);
        assertEquals(0.1, bench.motors[J2].position, 0.01);
    }

    @Test
    void aCommandThatIsNoNumberStopsTheArmWhereItIs() {
        final ArmBench bench = new ArmBench(ArxModel.R5);
        bench.hold();
        bench.goal[J2] = 0.1;
        bench.commandFor(1.0);
        bench.goal[J2] = Double.NaN;
        bench.commandFor(0.1);
        assertEquals(0.1, bench.motors[J2].position, 0.01);
        assertEquals(25, bench.arm.counters().rejectedCommands());
        assertEquals(Arm.Mode.HOLDING, bench.arm.mode());
    }

    @Test
    void gravityTorqueFadesOutWhileDamping() {
        final ArmBench bench = new ArmBench(ArxModel.R5, HEAVY, ArxSettings.atRate(250));
        bench.motors[J3].load = 5.5;
        bench.hold();
        double last = bench.motors[J3].commandedTorque();
        assertEquals(5.5, last, 0.02);
        for (int i = 0; i < 375; i++) {
            bench.damp();
            final double torque = bench.motors[J3].commandedTorque();
            assertTrue(last - torque < 0.05 && torque <= last + 0.02, "from " + last + " to " + torque);
            last = torque;
        }
        assertEquals(0.0, last, 0.03);
    }

    @Test
    void dampsByItselfWhenNobodyCommands() {
        final ArmBench bench = new ArmBench(ArxModel.R5);
        bench.hold();
        final long commandedAt = bench.arm.lastCommandNanos();
        for (int i = 0; i < ArxArm.UNATTENDED_NANOS / ArmBench.PERIOD; i++) {
            bench.arm.poll(bench.nowNanos);
            bench.turn();
        }
        assertEquals(Arm.Mode.HOLDING, bench.arm.mode());
        for (int i = 0; i < 10; i++) {
            bench.arm.poll(bench.nowNanos);
            bench.turn();
        }
        assertEquals(Arm.Mode.DAMPING, bench.arm.mode());
        assertEquals(0.0, bench.motors[J2].kp());
        assertEquals(10, bench.arm.counters().selfDampedCycles());
        assertEquals(commandedAt, bench.arm.lastCommandNanos());
    }

    @Test
    void namesTheMotorAndItsFaultAndRecovers() {
        final ArmBench bench = new ArmBench(ArxModel.R5);
        bench.hold();
        bench.motors[J4].reported = DamiaoFeedback.COIL_HOT;
        bench.motors[J4].enabled = false;
        bench.commandFor(0.02);
        assertEquals(Arm.Mode.FAULT, bench.arm.mode());
        assertEquals("motor 5 (J4, DM-J4310) reports coil over temperature: let it cool down", bench.arm.fault());
        assertEquals(0.0, bench.motors[J2].kp(), "the others are damped");
        bench.arm.clearFault(bench.nowNanos);
        bench.hold();
        assertEquals(1, bench.motors[J4].clearings);
        assertEquals(1, bench.arm.faults());
    }

    @Test
    void encosErrorsAreFaultsAndItsWarningIsNot() {
        final ArmBench bench = new ArmBench(ArxModel.X5);
        bench.hold();
        bench.motors[J2].reported = EncosFeedback.TEMPERATURE_WARNING;
        bench.commandFor(0.1);
        assertEquals(Arm.Mode.HOLDING, bench.arm.mode());
        bench.motors[J2].reported = 5;
        bench.commandFor(0.1);
        assertEquals("motor 2 (J2, EC-A4310) reports encoder error: power-cycle the arm", bench.arm.fault());
    }

    @Test
    void aMotorThatKeepsItsErrorFailsConnecting() {
        final ArmBench bench = new ArmBench(ArxModel.X5);
        bench.motors[J2].reported = 7;
        bench.dampUntil(Arm.Mode.FAULT);
        assertEquals("motor 2 (J2, EC-A4310) does not become enabled, it reports gate driver error: power-cycle the arm",
            bench.arm.fault());
    }

    @Test
    void aFewMissedRepliesAreToleratedAndManyAreAFault() {
        final ArmBench bench = new ArmBench(ArxModel.R5);
        bench.hold();
        bench.motors[J3].silent = true;
        bench.commandFor(0.032);
        bench.motors[J3].silent = false;
        bench.commandFor(0.1);
        assertEquals(Arm.Mode.HOLDING, bench.arm.mode());
        assertTrue(bench.arm.missedReplies(J3) >= 7, "missed " + bench.arm.missedReplies(J3));
        bench.motors[J3].silent = true;
        bench.commandFor(0.09);
        assertEquals(Arm.Mode.HOLDING, bench.arm.mode());
        bench.commandFor(0.03);
        assertEquals(Arm.Mode.FAULT, bench.arm.mode());
        assertEquals("motor 4 (J3, DM-J4340) stopped answering: check its cable and power", bench.arm.fault());
    }

    @Test
    void aLostBusIsAFaultThatCanBeCleared() {
        final ArmBench bench = new ArmBench(ArxModel.R5, HEAVY, ArxSettings.atRate(250));
        bench.hold();
        bench.buses.host().setConnected(false);
        bench.commandFor(0.02);
        assertEquals(Arm.Mode.FAULT, bench.arm.mode());
        assertTrue(bench.arm.fault().startsWith("the CAN bus is lost"), bench.arm.fault());
        bench.arm.clearFault(bench.nowNanos);
        bench.dampFor(0.1);
        assertEquals(Arm.Mode.CONNECTING, bench.arm.mode());
        bench.buses.host().setConnected(true);
        bench.dampUntil(Arm.Mode.DAMPING);
        assertEquals(0.0, bench.motors[J3].commandedTorque(), 0.03);
    }

    @Test
    void busOffIsAFault() {
        final ArmBench bench = new ArmBench(ArxModel.R5);
        bench.hold();
        bench.buses.device().send(dev.continuo.hardware.can.CanFrames.ERROR_FLAG | 0x40, 0, 8);
        bench.command();
        assertEquals(Arm.Mode.FAULT, bench.arm.mode());
        assertTrue(bench.arm.fault().contains("bus-off"), bench.arm.fault());
        assertEquals(1, bench.arm.counters().errorFrames());
    }

    @Test
    void torquePastTheLimitTripsAfterTwentyCycles() {
        final ArmBench bench = new ArmBench(ArxModel.R5);
        bench.hold();
        bench.motors[J4].extraTorque = 8.0;
        bench.commandFor(18 * 0.004);
        assertEquals(Arm.Mode.HOLDING, bench.arm.mode());
        bench.motors[J4].extraTorque = 0.0;
        bench.commandFor(0.02);
        bench.motors[J4].extraTorque = 8.0;
        bench.commandFor(24 * 0.004);
        assertEquals(Arm.Mode.FAULT, bench.arm.mode());
        assertEquals("motor 5 (J4, DM-J4310) held 8.0 Nm, past its limit of 7.0 Nm: look for a collision", bench.arm.fault());
    }

    @Test
    void oneImplausibleReadingIsLeftOutAndAPersistentOneIsAFault() {
        final ArmBench bench = new ArmBench(ArxModel.R5);
        bench.hold();
        bench.motors[J3].readingOffset = 2.0;
        bench.command();
        bench.motors[J3].readingOffset = 0.0;
        bench.commandFor(0.1);
        assertEquals(0.0, bench.arm.state().position[J3], 0.01);
        assertEquals(1, bench.arm.outliers(J3));
        bench.motors[J3].readingOffset = 2.0;
        bench.commandFor(0.1);
        assertEquals(Arm.Mode.FAULT, bench.arm.mode());
        assertTrue(bench.arm.fault().contains("motor 4 (J3"), bench.arm.fault());
        assertEquals(0.0, bench.arm.state().position[J3], 0.01);
    }

    @Test
    void anEncosPositionThatWrapsAroundIsTheSamePlace() {
        final ArmBench bench = new ArmBench(ArxModel.X5);
        bench.motors[J2].position = 12.4;
        bench.hold();
        bench.motors[J2].readingOffset = -25.0;
        bench.motors[J2].position = 12.49;
        bench.commandFor(0.05);
        assertEquals(Arm.Mode.HOLDING, bench.arm.mode());
        assertEquals(12.45, bench.arm.state().position[J2], 0.1);
        assertEquals(0, bench.arm.outliers(J2));
    }

    @Test
    void strangeFramesAreCountedAndNothingElse() {
        final ArmBench bench = new ArmBench(ArxModel.X5);
        bench.hold();
        bench.buses.device().send(0x123, 0, 8);
        bench.buses.device().send(0x00B, 0, 8);
        bench.buses.device().send(0, 0x1F00_0000_0000_0000L, 8);
        bench.buses.device().send(0, 0, 3);
        bench.buses.device().send(2, 0x8000_0000_0000_0000L, 8);
        bench.buses.device().send(0, DamiaoRegister.read(5, 21), 8);
        bench.commandFor(0.1);
        assertEquals(Arm.Mode.HOLDING, bench.arm.mode());
        assertEquals(3, bench.arm.counters().unknownFrames());
        assertEquals(2, bench.arm.counters().malformedFrames());
        assertEquals(1, bench.arm.counters().lateRegisterReplies());
    }

    @Test
    void noiseOnTheBusNeverStopsTheDriver() {
        final ArmBench bench = new ArmBench(ArxModel.X5);
        final java.util.Random random = new java.util.Random(7);
        for (int i = 0; i < 5000; i++) {
            bench.buses.device().send(random.nextInt(16), random.nextLong(), random.nextInt(9));
            bench.command();
            for (int axis = 0; axis < ArxModel.AXES; axis++) {
                assertTrue(Double.isFinite(bench.arm.state().position[axis]));
            }
            bench.arm.clearFault(bench.nowNanos);
            bench.arm.arm(bench.nowNanos);
        }
        assertTrue(bench.arm.counters().unknownFrames() > 100);
    }

    @Test
    void theGripperPressesOnAnObjectWithItsLimitAtMost() {
        final ArmBench bench = new ArmBench(ArxModel.R5);
        final StubMotor finger = bench.motors[ArxModel.GRIPPER];
        finger.position = 0.07 / 0.088 * 5.03;
        bench.hold();
        finger.wall = 0.05 / 0.088 * 5.03;
        bench.goal[ArxModel.GRIPPER] = 0.0;
        double hardest = 0.0;
        for (int i = 0; i < 500; i++) {
            bench.command();
            hardest = Math.max(hardest, -finger.appliedTorque);
        }
        assertEquals(0.05, bench.arm.state().position[ArxModel.GRIPPER], 0.001);
        assertTrue(hardest < 1.6, "pressed with " + hardest);
        assertTrue(-finger.appliedTorque > 0.5 && -finger.appliedTorque < 1.5, "holds with " + finger.appliedTorque);
        assertTrue(bench.arm.gripperStalledCycles() > 100);
        bench.goal[ArxModel.GRIPPER] = 0.06;
        bench.commandFor(1.0);
        assertEquals(0.06, bench.arm.state().position[ArxModel.GRIPPER], 0.002);
    }

    @Test
    void aGripperThatRunsBackwardsIsAMatterOfCalibration() {
        final ArmBench bench = new ArmBench(ArxModel.R5.withGripper(0.082, -3.4));
        bench.hold();
        bench.goal[ArxModel.GRIPPER] = 0.041;
        bench.commandFor(1.5);
        assertEquals(-1.7, bench.motors[ArxModel.GRIPPER].position, 0.1);
    }

    @Test
    void closingLeavesTheMotorsDampedWithoutGravityTorque() {
        final ArmBench bench = new ArmBench(ArxModel.R5, HEAVY, ArxSettings.atRate(250));
        bench.hold();
        bench.arm.poll(bench.nowNanos);
        bench.arm.command(bench.nowNanos, bench.goal, bench.still);
        bench.arm.close();
        bench.buses.host().setConnected(true);
        bench.turn();
        assertEquals(0.0, bench.motors[J3].kp());
        assertEquals(0.0, bench.motors[J3].commandedTorque(), 0.03);
        assertNotEquals(0.0, bench.motors[J3].kd());
    }

    @Test
    void theStateCarriesTheTimeOfItsOldestValue() {
        final ArmBench bench = new ArmBench(ArxModel.R5);
        assertEquals(Long.MIN_VALUE, bench.arm.state().measuredAtNanos);
        bench.hold();
        bench.command();
        assertEquals(bench.nowNanos - ArmBench.PERIOD, bench.arm.state().measuredAtNanos);
        bench.motors[J3].silent = true;
        bench.commandFor(0.02);
        assertTrue(bench.nowNanos - bench.arm.state().measuredAtNanos > 3 * ArmBench.PERIOD);
        assertFalse(bench.arm.state().measuredAtNanos == Long.MIN_VALUE);
    }

    @Test
    void aCycleAllocatesNothing() {
        final ArmBench bench = new ArmBench(ArxModel.X5, HEAVY, ArxSettings.atRate(250));
        bench.hold();
        final long commanding = AllocatedBytes.over(20_000, 10_000, bench::command);
        final long damping = AllocatedBytes.over(10_000, 10_000, bench::damp);
        assertEquals(0, commanding, "bytes in 10 000 cycles of command");
        assertEquals(0, damping, "bytes in 10 000 cycles of damping");
        assertEquals("", bench.arm.fault());
    }
}
