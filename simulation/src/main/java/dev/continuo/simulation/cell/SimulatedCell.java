package dev.continuo.simulation.cell;

import dev.continuo.hardware.can.CanBus;
import dev.continuo.hardware.can.MemoryCanBus;
import dev.continuo.simulation.motors.CanBusModel;
import dev.continuo.simulation.motors.SimulatedMotor;
import dev.continuo.simulation.physics.ArmModel;
import dev.continuo.simulation.physics.ArmPlant;
import dev.continuo.simulation.physics.BodyPose;
import dev.continuo.simulation.physics.GripperPlant;
import dev.continuo.simulation.physics.World;
import dev.continuo.simulation.scene.CellGeometry;
import java.util.ArrayList;
import java.util.List;

/**
 * The physical cell: two arms with their motors, a table, a whiteboard and three cards, under a virtual clock.
 *
 * <p>Everything happens inside {@link #step} and {@link #advanceTo}, in the caller's thread; two cells that are given the same
 * commands at the same times are in the same state bit for bit. The arms are moved over their CAN buses, as real ones are, or
 * directly with {@link #drive}, which spends no time on frames and serves the recording of demonstrations.
 */
public final class SimulatedCell implements AutoCloseable {
    /** One step of the arms. */
    public static final long TICK_NANOS = 1_000_000L;
    /** The arms' count. */
    public static final int ARMS = 2;

    private static final int WORLD_TICKS = 2;
    private static final double TICK_SECONDS = TICK_NANOS * 1e-9;
    private static final int LAST = ArmPlant.AXES - 1;

    private final ArmPlant[] arms = new ArmPlant[ARMS];
    private final List<List<SimulatedMotor>> motors = new ArrayList<>();
    private final CanBusModel[] buses = new CanBusModel[ARMS];
    private final long seed;
    private final World world;
    private final DirectDrive direct;
    private final CellState state = new CellState();
    private final BodyPose[] cardPoses = new BodyPose[CellGeometry.CARDS];
    private final BodyPose boardPose = new BodyPose();
    private long timeNanos;
    private long ticks;

    /**
     * A cell at time 0: joints at zero, grippers open, cards and board in {@link Layout#nominal}, buses not connected.
     *
     * @param model the type of both arms
     * @param seed  of what varies on the buses
     */
    public SimulatedCell(final ArmModel model, final long seed) {
        this.seed = seed;
        for (int i = 0; i < ARMS; i++) {
            arms[i] = new ArmPlant(model);
            motors.add(MotorSet.of(arms[i]));
        }
        for (int i = 0; i < cardPoses.length; i++) {
            cardPoses[i] = new BodyPose();
        }
        world = new World(arms, new double[] {0, 0}, new double[] {CellGeometry.LEFT_BASE.y(), CellGeometry.RIGHT_BASE.y()});
        direct = new DirectDrive(arms);
        layOut(Layout.nominal(0, 1, 2));
    }

    /** A cell in which nothing varies with a seed; for arms that are driven directly. */
    public SimulatedCell(final ArmModel model) {
        this(model, 0);
    }

    /**
     * Connects an arm's motors (0 left, 1 right) to a host, in place of any other.
     *
     * @param hostEnd the motors' end of what leads to the host; polled and written to within {@link #step}
     */
    public CanBusModel connect(final int arm, final CanBus hostEnd) {
        buses[arm] = new CanBusModel(motors.get(arm), hostEnd, seed * ARMS + arm);
        return buses[arm];
    }

    /** Connects an arm's motors to a bus in memory and returns the host's end of it. */
    public MemoryCanBus connectInMemory(final int arm) {
        final MemoryCanBus.Pair pair = MemoryCanBus.pair();
        connect(arm, pair.device());
        return pair.host();
    }

    /** An arm's bus, if it is connected, else null. */
    public CanBusModel bus(final int arm) {
        return buses[arm];
    }

    /** Puts cards and board in place, at rest, and lets go of whatever was held. The arms stay as they are. */
    public void layOut(final Layout layout) {
        for (int i = 0; i < cardPoses.length; i++) {
            final Layout.Card card = layout.cards().get(i);
            cardPoses[i].setFlat(card.x(), card.y(), CellGeometry.CARD_THICKNESS / 2, card.yaw());
            state.values[i] = card.value();
        }
        boardPose.setFlat(layout.boardX(), layout.boardY(), CellGeometry.BOARD_THICKNESS / 2, layout.boardYaw());
        world.layOut(cardPoses, boardPose);
        observe();
    }

    /** Puts both arms somewhere, at rest and without torque: 14 values in the order of {@link CellState#joints}. */
    public void resetArms(final double[] axes) {
        for (int i = 0; i < ARMS; i++) {
            arms[i].reset(axes, i * ArmPlant.AXES);
        }
        direct.stop();
        world.armsJumped();
        observe();
    }

    /** As {@link #resetArms}, and each arm lies on a stand there until its motors carry it. */
    public void parkArms(final double[] axes) {
        resetArms(axes);
        for (final ArmPlant arm : arms) {
            arm.layOnStand();
        }
    }

    /**
     * Drives both arms to a set-point with the SDK's joint gains and gravity compensation, until the next call, bypassing CAN.
     *
     * @param position 14 positions: radians, grippers in metres of opening
     * @param velocity 14 feed-forward velocities
     */
    public void drive(final double[] position, final double[] velocity) {
        direct.target(position, velocity);
    }

    /** Drives both arms to a set-point without feed-forward velocity, as {@link #drive(double[], double[])}. */
    public void drive(final double[] position) {
        direct.target(position, null);
    }

    /** Moves the clock on by {@code nanos}; what is less than a tick is made up for later. */
    public void step(final long nanos) {
        advanceTo(timeNanos + nanos);
    }

    /** Moves the clock on to {@code nowNanos}, in whole ticks; a time in the past does nothing. */
    public void advanceTo(final long nowNanos) {
        boolean moved = false;
        while (nowNanos - timeNanos >= TICK_NANOS) {
            tick();
            moved = true;
        }
        if (moved) {
            observe();
        }
    }

    /** The present state; the same object every time, overwritten by the next step. */
    public CellState state() {
        return state;
    }

    /** Time of the cell's clock. */
    public long timeNanos() {
        return timeNanos;
    }

    /** An arm's mechanics: 0 left, 1 right. */
    public ArmPlant arm(final int index) {
        return arms[index];
    }

    @Override
    public void close() {
        world.close();
    }

    private void tick() {
        final long endNanos = timeNanos + TICK_NANOS;
        direct.update(ticks);
        for (int i = 0; i < ARMS; i++) {
            if (buses[i] != null) {
                exchange(i, endNanos);
            }
        }
        world.press(TICK_SECONDS);
        for (final ArmPlant arm : arms) {
            arm.step(TICK_SECONDS);
        }
        ticks++;
        timeNanos = endNanos;
        if (ticks % WORLD_TICKS == 0) {
            world.step(WORLD_TICKS * TICK_SECONDS);
        }
    }

    private void exchange(final int arm, final long endNanos) {
        buses[arm].advance(timeNanos, endNanos);
        final List<SimulatedMotor> set = motors.get(arm);
        for (int i = 0; i < set.size(); i++) {
            set.get(i).tick(endNanos, TICK_SECONDS);
        }
    }

    private void observe() {
        for (int i = 0; i < ARMS; i++) {
            final int offset = i * ArmPlant.AXES;
            for (int axis = 0; axis < LAST; axis++) {
                state.joints[offset + axis] = arms[i].angle(axis);
                state.velocities[offset + axis] = arms[i].speed(axis);
                state.commandedVelocities[offset + axis] = arms[i].drive(axis).enabled ? arms[i].drive(axis).velocity : 0;
                state.commandedJoints[offset + axis] = arms[i].drive(axis).enabled && arms[i].drive(axis).stiffness > 0 ? arms[i].drive(axis).position : Double.NaN;
            }
            state.joints[offset + LAST] = arms[i].gripper().opening();
            state.velocities[offset + LAST] = arms[i].gripper().speed() * GripperPlant.METRES_PER_RADIAN;
        }
        for (int i = 0; i < CellGeometry.CARDS; i++) {
            state.cards[i].set(world.card(i));
            state.holders[i] = world.holder(i);
        }
        state.board.set(world.board());
        state.timeNanos = timeNanos;
    }
}
