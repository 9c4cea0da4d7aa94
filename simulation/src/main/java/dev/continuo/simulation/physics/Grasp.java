package dev.continuo.simulation.physics;

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

    private static final Grip.Fingers FINGERS = new Grip.Fingers(0, ArmBox.FINGER_TIP, 0.055, ArmBox.FINGER_HALF_Z);

    private final Grip grip = new Grip(FINGERS);
    private final double[] cardRotation = new double[9];
    private final BodyPose heldPose = new BodyPose();
    private int held = -1;

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
        return Math.abs(cardRotation[6]) * World.CARD.x() + Math.abs(cardRotation[7]) * World.CARD.y() + Math.abs(cardRotation[8]) * World.CARD.z();
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
            if (available[card] && grip.between(cards[card], World.CARD, hand.toolRotation(), hand.toolOrigin(), gripper.opening())) {
                gripper.objectWidth(grip.width());
                if (grip.aligned() && gripper.gripForce() >= HOLD_FORCE) {
                    held = card;
                    grip.hold();
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
        grip.carry(hand.toolRotation(), hand.toolOrigin(), heldPose);
    }
}
