package dev.continuo.simulation.cell;

import dev.continuo.simulation.scene.CellGeometry;
import java.util.List;

/**
 * Where the cards and the board lie when a scene begins.
 *
 * @param cards    three cards, from left to right as the arms see them
 * @param boardX   the board's centre, metres
 * @param boardY   the board's centre, metres
 * @param boardYaw the board's turn about z, radians
 */
public record Layout(List<Card> cards, double boardX, double boardY, double boardYaw) {
    /** The cards' x when nothing is varied. */
    public static final double CARD_X = 0.265;
    /** The left card's y when nothing is varied; the middle one's is 0, the right one's the negative. */
    public static final double CARD_Y = 0.185;

    /** Checks the number of cards. */
    public Layout {
        cards = List.copyOf(cards);
        if (cards.size() != CellGeometry.CARDS) {
            throw new IllegalArgumentException("a layout has " + CellGeometry.CARDS + " cards, not " + cards.size());
        }
    }

    /**
     * A card lying flat.
     *
     * @param value the number on it
     * @param x     its centre, metres
     * @param y     its centre, metres
     * @param yaw   its turn about z, radians; 0 shows the digit upright to a viewer behind the arms
     */
    public record Card(int value, double x, double y, double yaw) {
    }

    /** Three cards and the board without any variation. */
    public static Layout nominal(final int left, final int middle, final int right) {
        return new Layout(List.of(new Card(left, CARD_X, CARD_Y, 0), new Card(middle, CARD_X, 0, 0),
            new Card(right, CARD_X, -CARD_Y, 0)), CellGeometry.BOARD_X, 0, 0);
    }
}
