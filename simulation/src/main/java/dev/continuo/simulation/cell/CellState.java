package dev.continuo.simulation.cell;

import dev.continuo.simulation.physics.BodyPose;
import dev.continuo.simulation.scene.CellGeometry;
import java.util.Arrays;

/**
 * What the simulated cell looks like at one instant: a mutable snapshot that its owner fills again and again.
 *
 * <p>{@link SimulatedCell#state()} returns the cell's own, overwritten by every step; whoever needs it longer, or in another thread,
 * copies it into one of his own with {@link #set}.
 */
public final class CellState {
    /** Axes of both arms: left joints 0 to 5, left gripper, right joints 0 to 5, right gripper. */
    public static final int AXES = 14;

    /** Positions in the order of {@link #AXES}: radians, grippers in metres of opening. */
    public final double[] joints = new double[AXES];
    /** Their velocities. */
    public final double[] velocities = new double[AXES];
    /** The velocities that the joints' motors were last asked for; 0 while they are let go, and for grippers. */
    public final double[] commandedVelocities = new double[AXES];
    /** Where the joints' motors were last sent; not a number while they are let go or only damped, and for grippers. */
    public final double[] commandedJoints = new double[AXES];
    /** Each card's centre and orientation, in the order of the layout. */
    public final BodyPose[] cards = new BodyPose[CellGeometry.CARDS];
    /** The number on each card. */
    public final int[] values = new int[CellGeometry.CARDS];
    /** The arm that holds each card: 0 left, 1 right, -1 nobody. */
    public final int[] holders = new int[CellGeometry.CARDS];
    /** The centre of the board's body and its orientation. */
    public final BodyPose board = new BodyPose();
    /** Time of the cell's clock. */
    public long timeNanos;

    /** A state of nothing. */
    public CellState() {
        Arrays.fill(commandedJoints, Double.NaN);
        for (int i = 0; i < cards.length; i++) {
            cards[i] = new BodyPose();
            holders[i] = -1;
        }
    }

    /** Takes over everything from another snapshot. */
    public void set(final CellState other) {
        System.arraycopy(other.joints, 0, joints, 0, AXES);
        System.arraycopy(other.velocities, 0, velocities, 0, AXES);
        System.arraycopy(other.commandedVelocities, 0, commandedVelocities, 0, AXES);
        System.arraycopy(other.commandedJoints, 0, commandedJoints, 0, AXES);
        System.arraycopy(other.values, 0, values, 0, values.length);
        System.arraycopy(other.holders, 0, holders, 0, holders.length);
        for (int i = 0; i < cards.length; i++) {
            cards[i].set(other.cards[i]);
        }
        board.set(other.board);
        timeNanos = other.timeNanos;
    }

    /** Whether some arm holds the card. */
    public boolean held(final int card) {
        return holders[card] >= 0;
    }
}
