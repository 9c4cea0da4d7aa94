package dev.continuo.simulation.toys.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.franka.FciStatus;
import dev.continuo.hardware.kinematics.ForwardKinematics;
import dev.continuo.hardware.kinematics.FrankaChains;
import dev.continuo.hardware.kinematics.Pose;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.toys.Relation;
import dev.continuo.simulation.toys.Toy;
import dev.continuo.simulation.toys.ToyInstruction;
import dev.continuo.simulation.toys.ToyJudge;
import dev.continuo.simulation.toys.ToyScene;
import dev.continuo.simulation.toys.ToyShelf;
import dev.continuo.simulation.toys.ToyTable;
import dev.continuo.simulation.toys.ToyTrial;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ToyCellTest {
    private static final double OPEN = 0.078;
    private static final double CLOSED = 0.030;
    private static final double HOVER = 0.16;
    private static final double GRASP = 0.030;

    private final ToyScene begin = new ToyScene();
    private final ToyScene scene = new ToyScene();
    private final Pose pose = new Pose();
    private ToyCell cell;
    private DirectFranka arm;
    private double[] at = new double[3];
    private double opening = 0.08;

    private static ToyTrial trial(final Relation relation) {
        return ToyTrial.draw(
            new ToyInstruction(ToyShelf.named("avocado").orElseThrow(), relation, ToyShelf.named("pink block").orElseThrow()), Split.IN_DOMAIN, 5);
    }

    private void open(final ToyTrial trial) {
        cell = new ToyCell(trial, ToyTable.READY.toArray());
        cell.observe(begin);
        cell.observe(scene);
        arm = new DirectFranka(cell);
        final ForwardKinematics forward = new ForwardKinematics(FrankaChains.withHand(FrankaChains.FR3));
        forward.update(ToyTable.READY.toArray());
        forward.toolPose(pose);
        at = pose.position.clone();
    }

    /** Straight and smoothly, with the hand turned as it is. */
    private void go(final double x, final double y, final double z, final double wanted, final double seconds) {
        final double[] from = at.clone();
        final double before = opening;
        final int cycles = (int) (seconds * 1000);
        for (int i = 1; i <= cycles; i++) {
            final double f = (double) i / cycles;
            final double way = f * f * f * (10 + f * (-15 + 6 * f));
            pose.position[0] = from[0] + way * (x - from[0]);
            pose.position[1] = from[1] + way * (y - from[1]);
            pose.position[2] = from[2] + way * (z - from[2]);
            arm.cycle(pose, before + way * (wanted - before));
        }
        at = new double[] {x, y, z};
        opening = wanted;
        cell.observe(scene);
    }

    private void pick(final int thing) {
        go(scene.x(thing), scene.y(thing), HOVER, OPEN, 2);
        go(scene.x(thing), scene.y(thing), GRASP, OPEN, 1.2);
        go(at[0], at[1], GRASP, CLOSED, 0.6);
    }

    @ParameterizedTest
    @EnumSource(Relation.class)
    void whatIsPickedCanBePlacedEverywhere(final Relation relation) {
        final ToyTrial trial = trial(relation);
        open(trial);
        pick(ToyTable.OBJECT);
        assertTrue(scene.held[ToyTable.OBJECT]);
        assertEquals(Toy.Role.OBJECT.width(), scene.axes[7], 1e-3, "the fingers stop at the thing");
        final double lift = scene.z(ToyTable.OBJECT);
        go(at[0], at[1], HOVER, CLOSED, 1.2);
        assertEquals(lift + HOVER - GRASP, scene.z(ToyTable.OBJECT), 2e-3);
        final double[] goal = trial.goal(scene);
        final double height = GRASP + 0.002 + (relation == Relation.TOP ? Toy.Role.TARGET.height() : 0);
        go(goal[0], goal[1], HOVER, CLOSED, 1.5);
        go(goal[0], goal[1], height, CLOSED, 1.2);
        assertFalse(ToyJudge.success(trial, begin, scene), "still held");
        go(goal[0], goal[1], height, OPEN, 0.5);
        go(goal[0], goal[1], HOVER, OPEN, 1.2);
        assertFalse(scene.held[ToyTable.OBJECT]);
        assertTrue(ToyJudge.success(trial, begin, scene), () -> relation + ": " + scene.x(0) + ", " + scene.y(0) + ", " + scene.z(0));
        cell.close();
    }

    @Test
    void theFingersTurnAThingThatStandsAskew() {
        open(trial(Relation.LEFT));
        final double before = scene.yaw[ToyTable.OBJECT];
        assertTrue(Math.abs(before) > 0.01, "drawn askew: " + before);
        pick(ToyTable.OBJECT);
        assertTrue(Math.abs(scene.yaw[ToyTable.OBJECT]) < Math.max(0.02, Math.abs(before)), before + " became " + scene.yaw[ToyTable.OBJECT]);
        cell.close();
    }

    @Test
    void aHandThatComesDownOnAThingIsFeltAndStopsTheRobot() {
        open(trial(Relation.LEFT));
        go(scene.x(ToyTable.TARGET) + 0.045, scene.y(ToyTable.TARGET), HOVER, OPEN, 2);
        go(at[0], at[1], Toy.Role.TARGET.height() - 0.009, OPEN, 1.5);
        assertEquals(Optional.of(FciStatus.REFLEX_ABORTED), arm.stopped());
        cell.close();
    }

    @Test
    void theSameCommandsGiveTheSameMotionBitForBit() {
        open(trial(Relation.TOP));
        pick(ToyTable.OBJECT);
        final double[] once = scene.position.clone();
        cell.close();
        opening = 0.08;
        open(trial(Relation.TOP));
        pick(ToyTable.OBJECT);
        assertArrayEquals(once, scene.position);
        cell.close();
    }
}
