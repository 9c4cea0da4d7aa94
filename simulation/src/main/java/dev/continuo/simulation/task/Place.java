package dev.continuo.simulation.task;

import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;

/** Where a card is, in the words of the reasoning text. */
public enum Place {
    /** The left place of the row. */
    LEFT("left"),
    /** The middle of the row. */
    MIDDLE("middle"),
    /** The right place of the row. */
    RIGHT("right"),
    /** On the whiteboard. */
    BOARD("board");

    private final String word;

    Place(final String word) {
        this.word = word;
    }

    /** The word for this place. */
    public String word() {
        return word;
    }

    /** The place that a word names, or null. */
    public static Place of(final String word) {
        for (final Place place : values()) {
            if (place.word.equals(word)) {
                return place;
            }
        }
        return null;
    }

    /** Where each card is: on the board, or in the row at the place where it was laid out. */
    public static Place[] all(final SceneState state) {
        final Place[] places = new Place[CellGeometry.CARDS];
        for (int card = 0; card < places.length; card++) {
            places[card] = state.cardOverBoard(card) ? BOARD : values()[card];
        }
        return places;
    }
}
