package dev.continuo.simulation.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.simulation.physics.ArmModel;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedCellTest {
    /** The nominal scene, for where the slots are. */
    private static final SceneState SCENE = new SceneState();
    /** Processor time does not depend on what else the machine does. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final SimulatedCell cell = new SimulatedCell(ArmModel.R5);
    private final Reach reach = new Reach();
    private final double[] target = reach.ready();

    @AfterEach
    void close() {
        cell.close();
    }

    @Test
    void twoArmsStepTwentyTimesFasterThanRealTime() {
        carryToSlot(0.185, 0.0, 0);
        carryToSlot(0.185, 0.0, 0);
        final long before = CPU.getCurrentThreadCpuTime();
        final long start = cell.timeNanos();
        carryToSlot(0.185, 0.0, 0);
        carryToSlot(0.185, 0.0, 0);
        final double ratio = (double) (cell.timeNanos() - start) / (CPU.getCurrentThreadCpuTime() - before);
        System.out.printf("simulated cell, direct drive: %.0f times real time on one core%n", ratio);
        assertTrue(ratio > 20, "only " + ratio + " times real time");
    }

    @Test
    void cardsAndBoardLieWhereTheLayoutPutsThem() {
        final Layout layout = new Layout(List.of(new Layout.Card(7, 0.27, 0.19, 0.1), new Layout.Card(3, 0.26, 0.01, -0.1),
            new Layout.Card(5, 0.265, -0.18, 0)), 0.46, 0.005, 0.02);
        cell.resetArms(target);
        cell.drive(target);
        cell.layOut(layout);
        cell.step(1_000_000_000L);
        for (int i = 0; i < 3; i++) {
            assertEquals(layout.cards().get(i).value(), cell.state().values[i]);
            assertEquals(layout.cards().get(i).x(), cell.state().cards[i].x, 2e-4);
            assertEquals(layout.cards().get(i).y(), cell.state().cards[i].y, 2e-4);
            assertEquals(layout.cards().get(i).yaw(), cell.state().cards[i].yaw(), 2e-3);
            assertEquals(CellGeometry.CARD_THICKNESS / 2, cell.state().cards[i].z, 5e-4);
        }
        assertEquals(0.02, cell.state().board.yaw(), 1e-9);
        assertEquals(1_000_000_000L, cell.state().timeNanos);
    }

    @Test
    void armsThatAreDrivenHoldTheirPose() {
        cell.resetArms(target);
        cell.drive(target);
        cell.step(2_000_000_000L);
        assertArrayEquals(target, cell.state().joints, 2e-3);
    }

    @Test
    void armsWithoutTorqueSink() {
        cell.resetArms(target);
        cell.step(500_000_000L);
        for (int arm = 0; arm < SimulatedCell.ARMS; arm++) {
            final double wrist = cell.arm(arm).dynamics().origin(4)[2];
            assertTrue(wrist > 0 && wrist < 0.05, "the wrist of arm " + arm + " must sink onto the table, not to " + wrist);
        }
    }

    @Test
    void armsOnTheirStandsStayUntilTheirMotorsCarryOrPullThem() {
        cell.parkArms(target);
        cell.step(500_000_000L);
        assertArrayEquals(target, cell.state().joints, 1e-9);
        target[0] += 0.3;
        cell.drive(target);
        cell.step(1_000_000_000L);
        assertFalse(cell.arm(0).isOnStand());
        assertFalse(cell.arm(1).isOnStand());
        assertArrayEquals(target, cell.state().joints, 0.005);
    }

    @Test
    void fingertipsThatPressOnTheTableStopThere() {
        cell.resetArms(target);
        move(0, 0.20, 0.22, 0.02, 0, 0.07, 1.0);
        move(0, 0.20, 0.22, -0.03, 0, 0.07, 1.0);
        // tips reach 6 mm beyond the tool
        assertTrue(reach.tool(cell.state().joints, 0)[2] > 0.003, "tool at " + reach.tool(cell.state().joints, 0)[2]);
    }

    @Test
    void aCardIsGraspedLiftedLaidInItsSlotAndReleased() {
        carryToSlot(0.185, 0.0, 0);
        final double slotX = SCENE.slotX(0);
        final double slotY = SCENE.slotY(0);
        assertFalse(cell.state().held(0));
        assertEquals(slotX, cell.state().cards[0].x, 0.005);
        assertEquals(slotY, cell.state().cards[0].y, 0.005);
        assertEquals(CellGeometry.BOARD_THICKNESS + CellGeometry.CARD_THICKNESS / 2, cell.state().cards[0].z, 1e-3);
        assertEquals(1, cell.state().cards[0].upright(), 1e-3);
    }

    @Test
    void aTurnedAndDisplacedCardIsAlignedByTheFingersAndHeld() {
        carryToSlot(0.185 + 0.006, Math.toRadians(8), 0);
        assertEquals(SCENE.slotX(0), cell.state().cards[0].x, 0.01);
        assertEquals(SCENE.slotY(0), cell.state().cards[0].y, 0.005);
        assertTrue(Math.abs(cell.state().cards[0].yaw()) < Math.toRadians(6), "aligned: " + cell.state().cards[0].yaw());
    }

    @Test
    void aCardIsPushedByAFingerAndDroppedByAnOpeningHand() {
        cell.layOut(Layout.nominal(1, 2, 3));
        cell.resetArms(target);
        // closed fingers come down in front of the card and sweep it 4 cm away
        move(0, 0.20, 0.185, 0.03, 0, 0.0, 1.0);
        move(0, 0.20, 0.185, 0.009, 0, 0.0, 0.5);
        move(0, 0.265, 0.185, 0.009, 0, 0.0, 1.5);
        assertTrue(cell.state().cards[0].x > 0.295, "pushed to " + cell.state().cards[0].x);
        assertFalse(cell.state().held(0));
        // and a card let go high above the table falls and lies
        move(1, 0.265, -0.185, 0.06, 0, 0.07, 1.0);
        move(1, 0.265, -0.185, 0.009, 0, 0.07, 1.0);
        move(1, 0.265, -0.185, 0.009, 0, 0.045, 0.4);
        assertEquals(1, cell.state().holders[2]);
        move(1, 0.265, -0.185, 0.08, 0, 0.045, 1.0);
        assertEquals(0.08, cell.state().cards[2].z, 0.005);
        move(1, 0.265, -0.185, 0.08, 0, 0.075, 0.5);
        move(1, 0.265, -0.185, 0.12, 0, 0.075, 0.5);
        assertFalse(cell.state().held(2));
        assertEquals(CellGeometry.CARD_THICKNESS / 2, cell.state().cards[2].z, 1e-3);
    }

    @Test
    void theSameCommandsGiveTheSameMotionBitForBit() {
        carryToSlot(0.185, Math.toRadians(5), 0);
        final CellState first = new CellState();
        first.set(cell.state());
        try (SimulatedCell other = new SimulatedCell(ArmModel.R5)) {
            // a cell with another past: only the layout and the commands may matter
            other.step(100_000_000L);
            carryToSlot(other, 0.185, Math.toRadians(5), 0);
            assertArrayEquals(first.joints, other.state().joints);
            for (int i = 0; i < 3; i++) {
                assertEquals(first.cards[i].x, other.state().cards[i].x);
                assertEquals(first.cards[i].y, other.state().cards[i].y);
                assertEquals(first.cards[i].z, other.state().cards[i].z);
                assertEquals(first.cards[i].qz, other.state().cards[i].qz);
            }
        }
    }

    @Test
    void aWildPolicyNeverThrowsCardsThroughTheTableOrAway() {
        // both hands rummage among the cards, press on them and snap at them, for two minutes
        final SplittableRandom random = new SplittableRandom(5);
        cell.resetArms(target);
        final double[] last = new double[3];
        for (int motion = 0; motion < 240; motion++) {
            final int arm = random.nextInt(2);
            move(arm, random.nextDouble(0.22, 0.40), (arm == 0 ? 1 : -1) * random.nextDouble(0.0, 0.20),
                random.nextDouble(-0.02, 0.03), random.nextDouble(-0.5, 0.5), random.nextDouble(0.0, 0.088), 0.5);
            for (int i = 0; i < 3; i++) {
                final double z = cell.state().cards[i].z;
                assertTrue(z > -0.002 && z < 0.3, "card " + i + " at height " + z + " after motion " + motion);
                final double distance = Math.hypot(cell.state().cards[i].x - 0.3, cell.state().cards[i].y);
                assertTrue(distance < 0.6, "card " + i + " flew " + distance + " in motion " + motion);
                assertTrue(Math.abs(distance - last[i]) < 0.45, "card " + i + " jumped in motion " + motion);
                last[i] = distance;
            }
        }
    }

    private void carryToSlot(final double cardY, final double cardYaw, final int slot) {
        carryToSlot(cell, cardY, cardYaw, slot);
    }

    /** The left arm takes the left card, wherever it lies, at the nominal place, and lays it in a slot. */
    private void carryToSlot(final SimulatedCell in, final double cardY, final double cardYaw, final int slot) {
        in.layOut(new Layout(List.of(new Layout.Card(7, 0.265, cardY, cardYaw), new Layout.Card(3, 0.265, 0, 0),
            new Layout.Card(5, 0.265, -0.185, 0)), CellGeometry.BOARD_X, 0, 0));
        System.arraycopy(reach.ready(), 0, target, 0, target.length);
        in.resetArms(target);
        final double x = SCENE.slotX(slot);
        final double y = SCENE.slotY(slot);
        move(in, 0, 0.265, 0.185, 0.06, 0, 0.07, 0.8);
        move(in, 0, 0.265, 0.185, 0.009, 0, 0.07, 0.5);
        move(in, 0, 0.265, 0.185, 0.009, 0, 0.045, 0.4);
        assertEquals(0, in.state().holders[0], "held by the left arm");
        move(in, 0, 0.265, 0.185, 0.08, 0, 0.045, 0.5);
        assertEquals(0.08, in.state().cards[0].z, 0.005);
        move(in, 0, x, y, 0.08, 0, 0.045, 1.0);
        move(in, 0, x, y, 0.012, 0, 0.045, 0.6);
        move(in, 0, x, y, 0.012, 0, 0.07, 0.3);
        move(in, 0, x, y, 0.08, 0, 0.07, 0.5);
        in.step(200_000_000L);
    }

    private void move(final int arm, final double x, final double y, final double z, final double yaw, final double opening,
        final double seconds) {
        move(cell, arm, x, y, z, yaw, opening, seconds);
    }

    /** Minimum jerk in joint space from the last target, commanded at 250 Hz. */
    private void move(final SimulatedCell in, final int arm, final double x, final double y, final double z, final double yaw,
        final double opening, final double seconds) {
        final double[] from = target.clone();
        final double[] to = target.clone();
        reach.aim(to, arm, x, y, z, yaw, opening);
        final double[] velocity = new double[CellState.AXES];
        final int steps = (int) (seconds * 250);
        for (int i = 1; i <= steps; i++) {
            final double s = (double) i / steps;
            final double path = s * s * s * (10 - 15 * s + 6 * s * s);
            final double rate = 30 * s * s * (1 - s) * (1 - s) / seconds;
            for (int axis = 0; axis < CellState.AXES; axis++) {
                target[axis] = from[axis] + path * (to[axis] - from[axis]);
                velocity[axis] = rate * (to[axis] - from[axis]);
            }
            in.drive(target, velocity);
            in.step(4_000_000L);
        }
    }
}
