package dev.continuo.training.stage;

import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.Place;
import dev.continuo.simulation.task.ReasoningText;
import java.util.random.RandomGenerator;

/** A fixed random projection of what is true about a scene to a vector of the size that conditions have. */
final class TruthProjection {
    private static final int FEATURES = 24;
    /** Millimetres matter: a variation of a card's place by a centimetre becomes a feature of about 1. */
    private static final double PER_METRE = 80;

    private final float[] matrix;
    private final int size;

    TruthProjection(final int size, final RandomGenerator random) {
        this.size = size;
        matrix = new float[size * FEATURES];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = (float) (random.nextGaussian() / Math.sqrt(FEATURES));
        }
    }

    /** Where cards and board lie, about their nominal places. */
    static double[] ofScene(final SceneState scene) {
        final double[] features = new double[FEATURES];
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            final boolean laid = scene.cardOverBoard(card);
            features[5 * card] = laid ? 0 : PER_METRE * (scene.card(card, 0) - CellGeometry.CARD_ROW_X);
            features[5 * card + 1] = laid ? 0 : PER_METRE * (scene.card(card, 1) - CellGeometry.cardRowY(card));
            features[5 * card + 2] = 10 * scene.cardOrientation[4 * card + 2];
            features[5 * card + 3] = laid ? 1 : -1;
            features[5 * card + 4] = scene.cardHeld[card] ? 1 : -1;
        }
        features[15] = PER_METRE * (scene.boardX - CellGeometry.BOARD_X);
        features[16] = PER_METRE * scene.boardY;
        features[17] = 20 * scene.boardYaw;
        for (int i = 0; i < features.length; i++) {
            features[i] = Math.clamp(features[i], -3.0, 3.0);
        }
        return features;
    }

    /** Which card comes next and how many are laid. */
    static double[] ofReasoning(final String text) {
        final ReasoningText reasoning = ReasoningText.parse(text);
        final double[] features = new double[FEATURES];
        if (reasoning.pickFrom() != null) {
            features[reasoning.pickFrom().ordinal()] = 3;
        }
        features[4] = reasoning.done() ? 3 : 0;
        final long laid = reasoning.cards().stream().filter(card -> card.place() == Place.BOARD).count();
        features[5 + (int) laid] = 3;
        return features;
    }

    void write(final double[] features, final float[] target, final int offset) {
        for (int row = 0; row < size; row++) {
            double sum = 0;
            for (int i = 0; i < FEATURES; i++) {
                sum += matrix[row * FEATURES + i] * features[i];
            }
            target[offset + row] = (float) sum;
        }
    }
}
