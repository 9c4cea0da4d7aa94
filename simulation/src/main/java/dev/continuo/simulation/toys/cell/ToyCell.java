package dev.continuo.simulation.toys.cell;

import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.simulation.franka.SimulatedFranka;
import dev.continuo.simulation.franka.SimulatedHand;
import dev.continuo.simulation.toys.ToyScene;
import dev.continuo.simulation.toys.ToyTrial;

/**
 * The physical cell of toy placement: a Franka with its hand, and what stands on the table. Robot and hand are moved by whoever serves them, a millisecond at a time; {@link #step} is the
 * world's part of that millisecond. The same commands give the same motion bit for bit. One thread.
 */
public final class ToyCell implements AutoCloseable {
    /** Time of a {@link #step}. */
    public static final long TICK_NANOS = 1_000_000L;

    private static final int WORLD_TICKS = 2;
    private static final double WORLD_SECONDS = WORLD_TICKS * TICK_NANOS * 1e-9;
    private static final int JOINTS = 7;

    private final SimulatedFranka robot;
    private final SimulatedHand hand = new SimulatedHand();
    private final ToyWorld world = new ToyWorld();
    private final double[] joints = new double[JOINTS];
    private long ticks;

    /**
     * A cell whose table is as a trial has it.
     *
     * @param position joint angles of the arm, which rests, rad
     */
    public ToyCell(final ToyTrial trial, final double[] position) {
        robot = new SimulatedFranka(FciVersion.FR3, position);
        layOut(trial);
    }

    /** The arm. */
    public SimulatedFranka robot() {
        return robot;
    }

    /** The hand. */
    public SimulatedHand hand() {
        return hand;
    }

    /** Stands the things of a trial on the table; the arm stays where it is, and what it held is gone. */
    public void layOut(final ToyTrial trial) {
        final ToyScene scene = new ToyScene();
        trial.layOut(scene);
        robot.position(joints);
        world.layOut(trial, scene, joints, hand.width());
    }

    /** A millisecond of the world; after the robot's and the hand's. */
    public void step() {
        ticks++;
        if (ticks % WORLD_TICKS == 0) {
            robot.position(joints);
            world.step(joints, hand.width(), WORLD_SECONDS);
            hand.hold(world.between());
            robot.push(world.torques());
        }
    }

    /** Writes down how everything stands. */
    public void observe(final ToyScene scene) {
        robot.position(joints);
        System.arraycopy(joints, 0, scene.axes, 0, JOINTS);
        scene.axes[JOINTS] = hand.width();
        world.observe(scene);
        scene.timeNanos = ticks * TICK_NANOS;
    }

    /** Time of the cell's clock. */
    public long timeNanos() {
        return ticks * TICK_NANOS;
    }

    @Override
    public void close() {
        world.close();
    }
}
