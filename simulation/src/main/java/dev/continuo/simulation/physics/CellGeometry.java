package dev.continuo.simulation.physics;

/**
 * The sizes of the things in the math-matching cell, metres, in the cell's frame: x away from the arms, y left, z up, origin on the
 * table's top between the bases.
 */
public final class CellGeometry {
    /** Cards on the table. */
    public static final int CARDS = 3;
    /** A card's size when its digit stands upright for a viewer behind the arms: along x, along y, along z. */
    public static final double CARD_X = 0.064;
    /** See {@link #CARD_X}. */
    public static final double CARD_Y = 0.050;
    /** See {@link #CARD_X}. */
    public static final double CARD_Z = 0.014;
    /** A card's mass, kg. */
    public static final double CARD_MASS = 0.030;

    /** The board's size along x, y and z. */
    public static final double BOARD_X = 0.240;
    /** See {@link #BOARD_X}. */
    public static final double BOARD_Y = 0.420;
    /** See {@link #BOARD_X}. */
    public static final double BOARD_Z = 0.003;
    /** Where the board's centre is when nothing is varied; its y is 0. */
    public static final double BOARD_CENTRE_X = 0.455;

    /** Answer slots on the board. */
    public static final int SLOTS = 2;
    /** The slots' x relative to the board's centre. */
    public static final double SLOT_X = -0.075;
    /** The first slot's y relative to the board's centre; the second one's is its negative. */
    public static final double SLOT_Y = 0.055;

    /** Where the table ends: x from its minimum to its maximum, y to both sides. */
    public static final double TABLE_MIN_X = -0.20;
    /** See {@link #TABLE_MIN_X}. */
    public static final double TABLE_MAX_X = 0.90;
    /** See {@link #TABLE_MIN_X}. */
    public static final double TABLE_HALF_Y = 0.70;

    /** The y of the left arm's base; the right one's is its negative. Both stand at x = 0 on the table's top. */
    public static final double ARM_BASE_Y = 0.22;

    private CellGeometry() {
    }

    /** The centre of an answer slot (0 or 1) in the cell's frame, for a board at the given pose: x. */
    public static double slotX(final int slot, final double boardX, final double boardYaw) {
        return boardX + SLOT_X * Math.cos(boardYaw) - slotOffsetY(slot) * Math.sin(boardYaw);
    }

    /** The centre of an answer slot (0 or 1) in the cell's frame, for a board at the given pose: y. */
    public static double slotY(final int slot, final double boardY, final double boardYaw) {
        return boardY + SLOT_X * Math.sin(boardYaw) + slotOffsetY(slot) * Math.cos(boardYaw);
    }

    private static double slotOffsetY(final int slot) {
        return slot == 0 ? SLOT_Y : -SLOT_Y;
    }
}
