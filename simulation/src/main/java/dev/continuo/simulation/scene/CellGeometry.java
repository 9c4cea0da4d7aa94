package dev.continuo.simulation.scene;

import dev.continuo.config.BasePose;

/** The measures of the math-matching cell, in the world frame, metres and radians. */
public final class CellGeometry {
    /** Where the left arm stands. */
    public static final BasePose LEFT_BASE = new BasePose(0, 0.22, 0, 0);
    /** Where the right arm stands. */
    public static final BasePose RIGHT_BASE = new BasePose(0, -0.22, 0, 0);
    /** Cards laid out in a trial. */
    public static final int CARDS = 3;
    /** A card's side along its own x axis, which points to the top of the digit. */
    public static final double CARD_LENGTH = 0.064;
    /** A card's side along its own y axis. */
    public static final double CARD_WIDTH = 0.050;
    /** A card's thickness. */
    public static final double CARD_THICKNESS = 0.014;
    /** Nominal x of the cards' row. */
    public static final double CARD_ROW_X = 0.265;
    /** Height of the digit on a card. */
    public static final double CARD_DIGIT_HEIGHT = 0.049;
    /** The board's side along x. */
    public static final double BOARD_LENGTH = 0.240;
    /** The board's side along y. */
    public static final double BOARD_WIDTH = 0.420;
    /** The board's thickness: its surface is this high above the table. */
    public static final double BOARD_THICKNESS = 0.003;
    /** Nominal x of the board's centre; its nominal y is 0. */
    public static final double BOARD_X = 0.455;
    /** Where the middle of the equation stands, along x from the board's centre. */
    public static final double EQUATION_OFFSET_X = 0.074;
    /** Where the answer slots lie, along x from the board's centre. */
    public static final double SLOT_OFFSET_X = -0.075;
    /** A slot's outline along y. */
    public static final double SLOT_WIDTH = 0.062;
    /** A slot's outline along x. */
    public static final double SLOT_LENGTH = 0.076;
    /** Nominal height of the top camera, which looks straight down with image up along x and image left along y. */
    public static final double CAMERA_Z = 0.80;
    /** Nominal x of the top camera; its nominal y is 0. */
    public static final double CAMERA_X = 0.38;
    /** The top camera's vertical field of view. */
    public static final double CAMERA_FIELD_OF_VIEW = Math.toRadians(30);
    /** Width of the top camera's picture in pixels. */
    public static final int CAMERA_WIDTH = 320;
    /** Height of the top camera's picture in pixels. */
    public static final int CAMERA_HEIGHT = 240;

    private static final double[] CARD_ROW_Y = {0.185, 0, -0.185};
    private static final double[] SLOT_OFFSET_Y = {0.055, -0.055};

    private CellGeometry() {
    }

    /** Nominal y of a card of the row, 0 the left one. */
    public static double cardRowY(final int card) {
        return CARD_ROW_Y[card];
    }

    /** Where a slot lies along y from the board's centre, 0 the left one. */
    public static double slotOffsetY(final int slot) {
        return SLOT_OFFSET_Y[slot];
    }

    /** Number of answer slots. */
    public static int slots() {
        return SLOT_OFFSET_Y.length;
    }
}
