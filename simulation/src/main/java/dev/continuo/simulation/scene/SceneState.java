package dev.continuo.simulation.scene;

import java.util.Arrays;

/**
 * Everything that moves in the cell, at one instant: a mutable object that its owner overwrites.
 *
 * <p>Card {@code i} is the one that was laid out at place {@code i} of the row, counted from the left.
 */
public final class SceneState {
    /** Measured axes of both arms: left joints 0 to 5 (rad), left gripper opening (m), then the right arm's. */
    public final double[] axes = new double[14];
    /** Centres of the cards: x, y, z of card i at 3 i. */
    public final double[] cardPosition = new double[3 * CellGeometry.CARDS];
    /** Orientations of the cards: quaternion x, y, z, w of card i at 4 i; identity is flat with the digit up and its top along x. */
    public final double[] cardOrientation = new double[4 * CellGeometry.CARDS];
    /** Whether an arm holds card i between its fingers. */
    public final boolean[] cardHeld = new boolean[CellGeometry.CARDS];
    /** The board's centre. */
    public double boardX = CellGeometry.BOARD_X;
    /** The board's centre. */
    public double boardY;
    /** The board's rotation about z. */
    public double boardYaw;
    /** The instant, nanoseconds of the cell's clock. */
    public long timeNanos;

    /** A scene with all joints at zero, open grippers and the cards in their nominal places. */
    public SceneState() {
        Arrays.fill(axes, 0);
        axes[6] = 0.07;
        axes[13] = 0.07;
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            layCard(card, CellGeometry.CARD_ROW_X, CellGeometry.cardRowY(card), 0);
        }
    }

    /** Puts a card flat on the table. */
    public void layCard(final int card, final double x, final double y, final double yaw) {
        layCard(card, x, y, CellGeometry.CARD_THICKNESS / 2, yaw);
    }

    /** Puts a card flat at a height of its centre. */
    public void layCard(final int card, final double x, final double y, final double z, final double yaw) {
        cardPosition[3 * card] = x;
        cardPosition[3 * card + 1] = y;
        cardPosition[3 * card + 2] = z;
        cardOrientation[4 * card] = 0;
        cardOrientation[4 * card + 1] = 0;
        cardOrientation[4 * card + 2] = Math.sin(yaw / 2);
        cardOrientation[4 * card + 3] = Math.cos(yaw / 2);
        cardHeld[card] = false;
    }

    /** Puts a card flat into an answer slot of the board. */
    public void layCardInSlot(final int card, final int slot) {
        layCard(card, slotX(slot), slotY(slot), CellGeometry.BOARD_THICKNESS + CellGeometry.CARD_THICKNESS / 2, boardYaw);
    }

    /** World x of a slot's centre. */
    public double slotX(final int slot) {
        return boardX + Math.cos(boardYaw) * CellGeometry.SLOT_OFFSET_X - Math.sin(boardYaw) * CellGeometry.slotOffsetY(slot);
    }

    /** World y of a slot's centre. */
    public double slotY(final int slot) {
        return boardY + Math.sin(boardYaw) * CellGeometry.SLOT_OFFSET_X + Math.cos(boardYaw) * CellGeometry.slotOffsetY(slot);
    }

    /** World coordinate (0 x, 1 y, 2 z) of a card's centre. */
    public double card(final int card, final int coordinate) {
        return cardPosition[3 * card + coordinate];
    }

    /** How much a card's upper side faces up: 1 flat, 0 on edge, -1 turned over. */
    public double cardUprightness(final int card) {
        final double qx = cardOrientation[4 * card];
        final double qy = cardOrientation[4 * card + 1];
        return 1 - 2 * (qx * qx + qy * qy);
    }

    /** Whether a card's centre is above the board. */
    public boolean cardOverBoard(final int card) {
        final double dx = card(card, 0) - boardX;
        final double dy = card(card, 1) - boardY;
        final double along = Math.cos(boardYaw) * dx + Math.sin(boardYaw) * dy;
        final double across = -Math.sin(boardYaw) * dx + Math.cos(boardYaw) * dy;
        return Math.abs(along) < CellGeometry.BOARD_LENGTH / 2 && Math.abs(across) < CellGeometry.BOARD_WIDTH / 2;
    }

    /** Takes over another state. */
    public void copyFrom(final SceneState other) {
        System.arraycopy(other.axes, 0, axes, 0, axes.length);
        System.arraycopy(other.cardPosition, 0, cardPosition, 0, cardPosition.length);
        System.arraycopy(other.cardOrientation, 0, cardOrientation, 0, cardOrientation.length);
        System.arraycopy(other.cardHeld, 0, cardHeld, 0, cardHeld.length);
        boardX = other.boardX;
        boardY = other.boardY;
        boardYaw = other.boardYaw;
        timeNanos = other.timeNanos;
    }
}
