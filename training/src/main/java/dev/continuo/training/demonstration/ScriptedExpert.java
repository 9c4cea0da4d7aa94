package dev.continuo.training.demonstration;

import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Plans how the answer's cards are picked and laid into their slots, from the true state of the scene.
 *
 * <p>Only demonstrations are made this way; a policy in {@code run} or {@code evaluate} never sees the true state. Some legs are
 * disturbances: the arm is led off its way so that the record shows how to come back, which plain imitation lacks (the idea of
 * DART, Laskey et al. 2017). Some of these lead to another card than the one that is to be picked: with the right words beside it, what
 * follows shows that the words count and not the card that is nearest.
 */
final class ScriptedExpert {
    /** Opening of the gripper away from a card. */
    static final double OPEN = 0.083;
    /** Opening that is commanded to hold a card: less than a card's width, so that the fingers press. */
    static final double CLOSED = 0.040;
    /** Height of the tool above the table in the ready pose. */
    static final double READY_HEIGHT = 0.14;

    private static final double READY_X = 0.20;
    private static final double HOVER_HEIGHT = 0.06;
    private static final double GRASP_HEIGHT = 0.008;
    private static final double RELEASE_CLEARANCE = 0.002;
    private static final double DISTURBANCE_METRES = 0.035;
    private static final double DISTURBED_SHARE = 0.35;
    private static final double WRONG_CARD_SHARE = 0.4;
    /** The least part of the way to a wrong card that is gone, and the share of those gone to the end that sink onto it. */
    private static final double LEAST_WRONG_WAY = 0.4;
    private static final double SUNK_SHARE = 0.5;

    private final RandomGenerator random;

    ScriptedExpert(final RandomGenerator random) {
        this.random = random;
    }

    /** The arm that picks a card of the row: the left arm the left card, the right arm the others. */
    static int armFor(final int card) {
        return card == 0 ? 0 : 1;
    }

    /** Where an arm waits. */
    static ToolPose ready(final int arm) {
        final double y = arm == 0 ? CellGeometry.LEFT_BASE.y() : CellGeometry.RIGHT_BASE.y();
        return new ToolPose(READY_X, y, READY_HEIGHT, 0, 0.07);
    }

    /** The legs that pick one card, lay it into a slot and bring the arm back, at a pace drawn from the random source. */
    List<Leg> pickAndPlace(final SceneState scene, final int card, final int slot) {
        final int arm = armFor(card);
        final double pace = 0.75 + 0.25 * random.nextDouble();
        final ToolPose grasp = new ToolPose(scene.card(card, 0), scene.card(card, 1), GRASP_HEIGHT, yawOf(scene, card), OPEN);
        final double lift = CellGeometry.BOARD_THICKNESS + RELEASE_CLEARANCE;
        final ToolPose release = new ToolPose(scene.slotX(slot), scene.slotY(slot), GRASP_HEIGHT + lift, scene.boardYaw, CLOSED);
        final List<Leg> legs = new ArrayList<>();
        if (random.nextDouble() < WRONG_CARD_SHARE) {
            beginWithAnotherCard(legs, scene, card, pace);
        }
        approach(legs, arm, grasp.at(HOVER_HEIGHT), 0.9 * pace);
        legs.add(new Leg(arm, grasp, 0.55 * pace, false));
        legs.add(new Leg(arm, grasp.opened(CLOSED), 0.5, false));
        legs.add(new Leg(arm, grasp.opened(CLOSED).at(HOVER_HEIGHT), 0.5 * pace, false));
        approach(legs, arm, release.at(HOVER_HEIGHT), 1.1 * pace);
        legs.add(new Leg(arm, release, 0.6 * pace, false));
        legs.add(new Leg(arm, release.opened(OPEN), 0.35, false));
        legs.add(new Leg(arm, release.opened(OPEN).at(HOVER_HEIGHT), 0.45 * pace, false));
        legs.add(new Leg(arm, ready(arm), 1.1 * pace, false));
        return legs;
    }

    /** An arm is led towards another card that still lies in the row, comes up from it, and makes way if the other arm is to go on. */
    private void beginWithAnotherCard(final List<Leg> legs, final SceneState scene, final int card, final double pace) {
        final int other = (card + 1 + random.nextInt(CellGeometry.CARDS - 1)) % CellGeometry.CARDS;
        if (scene.cardOverBoard(other)) {
            return;
        }
        final int arm = armFor(other);
        final ToolPose above = new ToolPose(scene.card(other, 0), scene.card(other, 1), HOVER_HEIGHT, yawOf(scene, other), OPEN);
        if (random.nextDouble() < SUNK_SHARE) {
            legs.add(new Leg(arm, above, 0.9 * pace, true));
            legs.add(new Leg(arm, above.at(random.nextDouble(GRASP_HEIGHT, HOVER_HEIGHT)), 0.45 * pace, true));
            legs.add(new Leg(arm, above, 0.4 * pace, false));
        } else {
            final double way = random.nextDouble(LEAST_WRONG_WAY, 1);
            legs.add(new Leg(arm, ready(arm).towards(above, way), 0.9 * pace * way, true));
        }
        if (arm != armFor(card)) {
            legs.add(new Leg(arm, ready(arm), 0.8 * pace, false));
        }
    }

    private void approach(final List<Leg> legs, final int arm, final ToolPose hover, final double seconds) {
        if (random.nextDouble() < DISTURBED_SHARE) {
            // Never farther out than the way itself leads: the slots lie near the end of the arms' reach.
            final double dx = -Math.abs(disturbance());
            final double inward = arm == 0 ? 1 : -1;
            final double dy = inward * (Math.abs(disturbance()) - DISTURBANCE_METRES / 3);
            legs.add(new Leg(arm, hover.moved(dx, dy, Math.abs(disturbance()) / 2), seconds, true));
            legs.add(new Leg(arm, hover, 0.45, false));
        } else {
            legs.add(new Leg(arm, hover, seconds, false));
        }
    }

    private double disturbance() {
        return (2 * random.nextDouble() - 1) * DISTURBANCE_METRES;
    }

    private static double yawOf(final SceneState scene, final int card) {
        return 2 * Math.atan2(scene.cardOrientation[4 * card + 2], scene.cardOrientation[4 * card + 3]);
    }
}
