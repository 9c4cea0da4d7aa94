package dev.continuo.simulation.physics;

import dev.continuo.simulation.scene.CellGeometry;

/**
 * What one gripper has between its fingers and whether it holds it.
 *
 * <p>Fingers push and turn cards as rigid bodies. Once both pads press on opposite faces with more than {@link #HOLD_FORCE}, the card
 * moves with the hand as if it were part of it, and it is let go when the grip falls below {@link #RELEASE_FORCE}. Dry friction of a
 * rubber pad would carry it from about 0.3 N on; a rigid-body solver's friction between two prescribed bodies depends on its warm
 * start and may creep, so the hold is decided by force and not by the solver. Allocates nothing after construction.
 */
final class Grasp {
    /** The force at each pad from which on a card is held, newtons. */
    static final double HOLD_FORCE = 2.0;
    /** The force at each pad below which a held card is let go, newtons. */
    static final double RELEASE_FORCE = 0.5;

    private static final double[] HALF = {CellGeometry.CARD_LENGTH / 2, CellGeometry.CARD_WIDTH / 2, CellGeometry.CARD_THICKNESS / 2};
    /** Faces within six degrees of the pads can be held. */
    private static final double ALIGNED = Math.cos(Math.toRadians(6));
    private static final double LEAST_OVERLAP = 0.003;
    private static final double FINGER_LENGTH = 0.055;

    private final double[] cardRotation = new double[9];
    private final double[] relative = new double[9];
    private final double[] offset = new double[3];
    private final double[] heldRelative = new double[9];
    private final double[] heldOffset = new double[3];
    private final double[] product = new double[9];
    private final BodyPose heldPose = new BodyPose();
    private int held = -1;
    private double width;
    private boolean aligned;

    /** The card that is held, or -1. */
    int heldCard() {
        return held;
    }

    /** Where the held card is, as of the last {@link #carry}. */
    BodyPose heldPose() {
        return heldPose;
    }

    /** How far the held card reaches below its centre. */
    double heldHalfHeight() {
        heldPose.rotation(cardRotation);
        return Math.abs(cardRotation[6]) * HALF[0] + Math.abs(cardRotation[7]) * HALF[1] + Math.abs(cardRotation[8]) * HALF[2];
    }

    /** Lets go of everything, after a jump. */
    void forget() {
        held = -1;
    }

    /**
     * Looks for a card between the fingers and tells the gripper how wide it is.
     *
     * @param cards     where the cards are
     * @param available whether a card is held by nobody else
     * @return the card whose state changes now (taken if {@link #heldCard} is that card afterwards, else let go), or -1
     */
    int update(final BodyPose[] cards, final boolean[] available, final Hand hand) {
        final GripperPlant gripper = hand.arm().gripper();
        if (held >= 0) {
            if (gripper.gripForce() < RELEASE_FORCE) {
                final int released = held;
                held = -1;
                return released;
            }
            return -1;
        }
        for (int card = 0; card < cards.length; card++) {
            if (available[card] && between(cards[card], hand, gripper.opening())) {
                gripper.objectWidth(width);
                if (aligned && gripper.gripForce() >= HOLD_FORCE) {
                    held = card;
                    System.arraycopy(relative, 0, heldRelative, 0, 9);
                    System.arraycopy(offset, 0, heldOffset, 0, 3);
                    heldPose.set(cards[card]);
                    return card;
                }
                return -1;
            }
        }
        gripper.objectWidth(GripperPlant.NOTHING);
        return -1;
    }

    /** Moves the held card with the hand. */
    void carry(final Hand hand) {
        final double[] r = hand.toolRotation();
        final double[] o = hand.toolOrigin();
        for (int row = 0; row < 9; row += 3) {
            for (int column = 0; column < 3; column++) {
                product[row + column] =
                    r[row] * heldRelative[column] + r[row + 1] * heldRelative[3 + column] + r[row + 2] * heldRelative[6 + column];
            }
        }
        heldPose.setRotation(product);
        heldPose.x = o[0] + r[0] * heldOffset[0] + r[1] * heldOffset[1] + r[2] * heldOffset[2];
        heldPose.y = o[1] + r[3] * heldOffset[0] + r[4] * heldOffset[1] + r[5] * heldOffset[2];
        heldPose.z = o[2] + r[6] * heldOffset[0] + r[7] * heldOffset[1] + r[8] * heldOffset[2];
    }

    /** Whether a card is between the pads; leaves its width there, and its pose in the tool's frame. */
    private boolean between(final BodyPose card, final Hand hand, final double opening) {
        final double[] r = hand.toolRotation();
        final double[] o = hand.toolOrigin();
        final double dx = card.x - o[0];
        final double dy = card.y - o[1];
        final double dz = card.z - o[2];
        if (dx * dx + dy * dy + dz * dz > 0.01) {
            return false;
        }
        card.rotation(cardRotation);
        for (int i = 0; i < 3; i++) {
            offset[i] = r[i] * dx + r[3 + i] * dy + r[6 + i] * dz;
            for (int j = 0; j < 3; j++) {
                relative[3 * i + j] = r[i] * cardRotation[j] + r[3 + i] * cardRotation[3 + j] + r[6 + i] * cardRotation[6 + j];
            }
        }
        final double reachX = reach(0);
        final double reachZ = reach(2);
        final double overlapX = Math.min(offset[0] + reachX, ArmBox.FINGER_TIP) - Math.max(offset[0] - reachX, -FINGER_LENGTH);
        final double overlapZ =
            Math.min(offset[2] + reachZ, ArmBox.FINGER_HALF_Z) - Math.max(offset[2] - reachZ, -ArmBox.FINGER_HALF_Z);
        if (overlapX < LEAST_OVERLAP || overlapZ < LEAST_OVERLAP) {
            return false;
        }
        int face = 0;
        for (int j = 1; j < 3; j++) {
            if (Math.abs(relative[3 + j]) > Math.abs(relative[3 + face])) {
                face = j;
            }
        }
        aligned = Math.abs(relative[3 + face]) >= ALIGNED;
        width = 2 * HALF[face];
        return Math.abs(offset[1]) + 0.4 * width <= opening / 2;
    }

    private double reach(final int axis) {
        return Math.abs(relative[3 * axis]) * HALF[0] + Math.abs(relative[3 * axis + 1]) * HALF[1]
            + Math.abs(relative[3 * axis + 2]) * HALF[2];
    }
}
