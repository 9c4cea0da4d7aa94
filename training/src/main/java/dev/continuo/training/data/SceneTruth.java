package dev.continuo.training.data;

import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.Place;
import dev.continuo.simulation.task.ReasoningText;

/**
 * What is true about a scene, as numbers of about unit size: what the vision-language model should be able to tell the action expert.
 */
public final class SceneTruth {
    /** Numbers that {@link #ofScene} gives. */
    public static final int SCENE_FEATURES = 18;
    /** Numbers that {@link #ofReasoning} gives. */
    public static final int NEXT_FEATURES = 8;

    private static final int PER_CARD = 5;
    /** Millimetres matter: a variation of a card's place by a centimetre becomes a feature of about 1. */
    private static final double PER_METRE = 80;
    private static final double PER_CARD_TURN = 10;
    private static final double PER_BOARD_TURN = 20;
    private static final double FARTHEST = 3;
    private static final int DONE = 4;

    private SceneTruth() {
    }

    /** Where cards and board lie, about their nominal places; which cards are laid and which are held. */
    public static float[] ofScene(final SceneState scene) {
        final float[] features = new float[SCENE_FEATURES];
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            final boolean laid = scene.cardOverBoard(card);
            final int at = PER_CARD * card;
            features[at] = laid ? 0 : bounded(PER_METRE * (scene.card(card, 0) - CellGeometry.CARD_ROW_X));
            features[at + 1] = laid ? 0 : bounded(PER_METRE * (scene.card(card, 1) - CellGeometry.cardRowY(card)));
            features[at + 2] = laid ? 0 : bounded(PER_CARD_TURN * scene.cardOrientation[4 * card + 2]);
            features[at + 3] = laid ? 1 : -1;
            features[at + 4] = scene.cardHeld[card] ? 1 : -1;
        }
        final int board = PER_CARD * CellGeometry.CARDS;
        features[board] = bounded(PER_METRE * (scene.boardX - CellGeometry.BOARD_X));
        features[board + 1] = bounded(PER_METRE * scene.boardY);
        features[board + 2] = bounded(PER_BOARD_TURN * scene.boardYaw);
        return features;
    }

    /** From where the next card is picked (one of {@link Place}), whether all is done, and how many cards are laid: 1 or 0 each. */
    public static float[] ofReasoning(final String text) {
        final ReasoningText reasoning = ReasoningText.parse(text);
        final float[] features = new float[NEXT_FEATURES];
        if (reasoning.pickFrom() != null) {
            features[reasoning.pickFrom().ordinal()] = 1;
        }
        features[DONE] = reasoning.done() ? 1 : 0;
        final long laid = reasoning.cards().stream().filter(card -> card.place() == Place.BOARD).count();
        features[DONE + 1 + (int) Math.min(laid, NEXT_FEATURES - DONE - 2)] = 1;
        return features;
    }

    private static float bounded(final double value) {
        return (float) Math.clamp(value, -FARTHEST, FARTHEST);
    }
}
