package dev.continuo.simulation.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.Arm;
import dev.continuo.hardware.GravityModel;
import dev.continuo.hardware.arx.ArxArm;
import dev.continuo.hardware.arx.ArxModel;
import dev.continuo.hardware.arx.ArxSettings;
import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ChainDynamics;
import dev.continuo.hardware.kinematics.SerialChain;
import dev.continuo.simulation.motors.DamiaoMotor;
import dev.continuo.simulation.physics.ArmModel;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The driver of real arms against the simulated cell, over CAN frames, in one thread under a virtual clock. */
class ArxArmInTheCellTest {
    /** The nominal scene, for where the slots are. */
    private static final SceneState SCENE = new SceneState();
    /** Processor time does not depend on what else the machine does. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final Reach reach = new Reach();
    private final double[] target = reach.ready();
    private final double[] velocity = new double[CellState.AXES];
    private final double[] own = new double[7];
    private final double[] ownVelocity = new double[7];
    private int rateHz = 250;
    private SimulatedCell cell;
    private ArxArm[] arms;

    @AfterEach
    void close() {
        cell.close();
    }

    @Test
    void theDriverConnectsArmsAndHoldsBothArmsAgainstGravity() {
        start(ArmModel.R5, ArxChains.R5, true);
        hold(3.0);
        for (int axis = 0; axis < CellState.AXES; axis++) {
            assertEquals(target[axis], cell.state().joints[axis], axis % 7 == 6 ? 0.002 : 0.008, "axis " + axis);
            assertEquals(arms[axis / 7].state().position[axis % 7], cell.state().joints[axis], 0.002, "read-back " + axis);
        }
        assertFalse(cell.arm(0).isOnStand());
    }

    @Test
    void at500HertzTheBusStillCarriesBothArms() {
        rateHz = 500;
        start(ArmModel.R5, ArxChains.R5, true);
        hold(2.0);
        for (int axis = 0; axis < CellState.AXES; axis++) {
            assertEquals(target[axis], cell.state().joints[axis], axis % 7 == 6 ? 0.002 : 0.02, "axis " + axis);
        }
        assertEquals(0, cell.bus(0).refusedFrames());
        final double load = cell.bus(0).busyNanos() / (double) cell.timeNanos();
        assertTrue(load > 0.6 && load < 0.98, "load " + load);
    }

    @Test
    void withoutGravityCompensationTheArmSags() {
        start(ArmModel.R5, ArxChains.R5, false);
        // a stand carries an arm whose motors do not
        assertTrue(cell.arm(0).isOnStand());
        cell.resetArms(target);
        hold(2.0);
        assertTrue(Math.abs(cell.state().joints[2] - target[2]) > 0.02, "elbow at " + cell.state().joints[2] + " of " + target[2]);
    }

    @Test
    void anX5WithItsEncosMotorsIsDrivenToo() {
        start(ArmModel.X5, ArxChains.X5, true);
        final double[] goal = target.clone();
        goal[0] += 0.3;
        goal[3] -= 0.3;
        goal[6] = 0.03;
        move(goal, 1.0);
        hold(1.0);
        for (int axis = 0; axis < 7; axis++) {
            assertEquals(goal[axis], cell.state().joints[axis], axis == 6 ? 0.002 : 0.02, "axis " + axis);
        }
    }

    @Test
    void aCardIsTakenToItsSlotOverCan() {
        start(ArmModel.R5, ArxChains.R5, true);
        final double x = SCENE.slotX(0);
        final double y = SCENE.slotY(0);
        aim(0.265, 0.185, 0.06, 0.07, 1.0);
        aim(0.265, 0.185, 0.009, 0.07, 0.6);
        hold(0.3);
        aim(0.265, 0.185, 0.009, 0.045, 0.4);
        hold(0.2);
        assertEquals(0, cell.state().holders[0]);
        aim(0.265, 0.185, 0.08, 0.045, 0.8);
        assertTrue(cell.state().cards[0].z > 0.05, "lifted to " + cell.state().cards[0].z);
        aim(x, y, 0.08, 0.045, 1.2);
        hold(0.3);
        aim(x, y, 0.012, 0.045, 0.8);
        hold(0.3);
        aim(x, y, 0.012, 0.07, 0.4);
        aim(x, y, 0.08, 0.07, 0.8);
        assertFalse(cell.state().held(0));
        assertEquals(x, cell.state().cards[0].x, 0.01);
        assertEquals(y, cell.state().cards[0].y, 0.01);
        assertEquals(CellGeometry.BOARD_THICKNESS + CellGeometry.CARD_THICKNESS / 2, cell.state().cards[0].z, 1e-3);
        assertEquals(Arm.Mode.HOLDING, arms[1].mode());
    }

    @Test
    void aMotorThatFailsPutsItsArmIntoFaultAndNamesItself() {
        start(ArmModel.R5, ArxChains.R5, true);
        cell.bus(0).motor(6).fail(DamiaoMotor.OVER_CURRENT);
        hold(0.1);
        assertEquals(Arm.Mode.FAULT, arms[0].mode());
        assertTrue(arms[0].fault().contains("J5"), arms[0].fault());
        assertEquals(Arm.Mode.HOLDING, arms[1].mode());
    }

    @Test
    void aBusThatFallsSilentPutsItsArmIntoFault() {
        start(ArmModel.R5, ArxChains.R5, true);
        cell.bus(1).faults().dead(true);
        hold(0.2);
        assertEquals(Arm.Mode.FAULT, arms[1].mode());
        assertEquals(Arm.Mode.HOLDING, arms[0].mode());
    }

    @Test
    void theSameCommandsOverCanGiveTheSameMotionBitForBit() {
        final double[][] ends = new double[2][];
        for (int run = 0; run < 2; run++) {
            System.arraycopy(reach.ready(), 0, target, 0, target.length);
            start(ArmModel.R5, ArxChains.R5, true);
            aim(0.265, 0.185, 0.009, 0.07, 0.5);
            aim(0.265, 0.185, 0.05, 0.045, 0.5);
            ends[run] = cell.state().joints.clone();
            if (run == 0) {
                cell.close();
            }
        }
        assertArrayEquals(ends[0], ends[1]);
    }

    @Test
    void twoArmsOverCanStepTwentyTimesFasterThanRealTime() {
        start(ArmModel.R5, ArxChains.R5, true);
        hold(20);
        final long before = CPU.getCurrentThreadCpuTime();
        hold(20);
        final double ratio = 20e9 / (CPU.getCurrentThreadCpuTime() - before);
        System.out.printf("simulated cell over CAN with both drivers at %d Hz: %.0f times real time on one core%n", rateHz, ratio);
        assertTrue(ratio > 20, "only " + ratio + " times real time");
    }

    private void start(final ArmModel model, final SerialChain chain, final boolean compensated) {
        cell = new SimulatedCell(model, 3);
        cell.parkArms(target);
        arms = new ArxArm[2];
        for (int i = 0; i < 2; i++) {
            final GravityModel gravity = compensated ? new ChainDynamics(chain) : (q, torque) -> java.util.Arrays.fill(torque, 0.0);
            arms[i] = new ArxArm(i == 0 ? "left" : "right", ArxModel.named(model.name()).forPaths(), cell.connectInMemory(i), gravity,
                ArxSettings.atRate(rateHz));
        }
        for (int cycle = 0; cycle < 5 * rateHz && !both(Arm.Mode.DAMPING); cycle++) {
            cycle(false);
        }
        assertTrue(both(Arm.Mode.DAMPING), () -> arms[0].mode() + " " + arms[0].fault() + " " + arms[1].mode() + " " + arms[1].fault());
        for (final ArxArm arm : arms) {
            arm.arm(cell.timeNanos());
        }
        for (int cycle = 0; cycle < 5 * rateHz && !both(Arm.Mode.HOLDING); cycle++) {
            cycle(true);
        }
        assertTrue(both(Arm.Mode.HOLDING), () -> arms[0].mode() + " " + arms[0].fault() + " " + arms[1].mode() + " " + arms[1].fault());
    }

    private boolean both(final Arm.Mode mode) {
        return arms[0].mode() == mode && arms[1].mode() == mode;
    }

    private void cycle(final boolean command) {
        for (int i = 0; i < 2; i++) {
            arms[i].poll(cell.timeNanos());
            System.arraycopy(target, 7 * i, own, 0, 7);
            System.arraycopy(velocity, 7 * i, ownVelocity, 0, 7);
            if (command) {
                arms[i].command(cell.timeNanos(), own, ownVelocity);
            } else {
                arms[i].damp(cell.timeNanos());
            }
        }
        cell.step(1_000_000_000L / rateHz);
    }

    private void hold(final double seconds) {
        for (int i = 0; i < seconds * rateHz; i++) {
            cycle(true);
        }
    }

    private void aim(final double x, final double y, final double z, final double opening, final double seconds) {
        final double[] goal = target.clone();
        reach.aim(goal, 0, x, y, z, 0, opening);
        move(goal, seconds);
    }

    /** Minimum jerk in joint space. */
    private void move(final double[] goal, final double seconds) {
        final double[] from = target.clone();
        final int steps = (int) (seconds * rateHz);
        for (int i = 1; i <= steps; i++) {
            final double s = (double) i / steps;
            final double path = s * s * s * (10 - 15 * s + 6 * s * s);
            final double rate = 30 * s * s * (1 - s) * (1 - s) / seconds;
            for (int axis = 0; axis < CellState.AXES; axis++) {
                target[axis] = from[axis] + path * (goal[axis] - from[axis]);
                velocity[axis] = rate * (goal[axis] - from[axis]);
            }
            cycle(true);
        }
    }
}
