package dev.continuo.simulation.physics;

import dev.continuo.simulation.scene.CellGeometry;
import java.util.List;

/**
 * Everything that lies and falls: a table, a whiteboard, three cards, and the two arms' fingers, palms and forearms that push them.
 *
 * <p>The rigid bodies are Jolt's, in one thread and with its deterministic simulation; arms are prescribed bodies that follow their
 * plants. Cards between two pads are held by the rule of {@link Grasp}. Fingertips that press on something push back on the arm
 * ({@link #press}), which a prescribed body by itself would not feel. A new layout builds a new Jolt world, so a scene depends on
 * nothing that went before it.
 */
public final class World implements AutoCloseable, Hand.Floor {
    private static final double FINGER_ABOVE_CARD = 0.006;
    private static final double CARD_MASS = 0.030;
    static final RigidBodies.HalfSize CARD =
        new RigidBodies.HalfSize(CellGeometry.CARD_LENGTH / 2, CellGeometry.CARD_WIDTH / 2, CellGeometry.CARD_THICKNESS / 2);
    private static final RigidBodies.HalfSize BOARD =
        new RigidBodies.HalfSize(CellGeometry.BOARD_LENGTH / 2, CellGeometry.BOARD_WIDTH / 2, CellGeometry.BOARD_THICKNESS / 2);
    /** A finger, whose centre's y depends on the opening. */
    private static final ArmBox FINGER = ArmBox.finger(true, 0);

    private final Hand[] hands;
    private final Grasp[] grasps;
    private final List<ArmBox> solids;
    private final int[][] armBodies;
    private final int[] cardBodies = new int[CellGeometry.CARDS];
    private final boolean[] available = new boolean[CellGeometry.CARDS];
    private final BodyPose[] cards = new BodyPose[CellGeometry.CARDS];
    private final BodyPose board = new BodyPose();
    private final BodyPose scratch = new BodyPose();
    private final RigidBodies bodies = new RigidBodies();
    private double boardCos = 1;
    private double boardSin;

    /**
     * A world with a table only, until {@link #layOut}.
     *
     * @param arms  the arms that move in it
     * @param baseX where each stands
     * @param baseY where each stands
     */
    public World(final ArmPlant[] arms, final double[] baseX, final double[] baseY) {
        hands = new Hand[arms.length];
        grasps = new Grasp[arms.length];
        solids = ArmBox.body(arms[0].model()).stream().filter(ArmBox::collides).toList();
        armBodies = new int[arms.length][solids.size() + 2];
        for (int i = 0; i < arms.length; i++) {
            hands[i] = new Hand(arms[i], baseX[i], baseY[i]);
            grasps[i] = new Grasp();
        }
        for (int i = 0; i < cards.length; i++) {
            cards[i] = new BodyPose();
            available[i] = true;
            cards[i].setFlat(0.3, 0.2 * (i - 1), CellGeometry.CARD_THICKNESS / 2, 0);
        }
        board.setFlat(CellGeometry.BOARD_X, 0, CellGeometry.BOARD_THICKNESS / 2, 0);
        build();
    }

    /** Puts the cards and the board somewhere, at rest, and lets go of everything. The arms stay where they are. */
    public void layOut(final BodyPose[] cardPoses, final BodyPose boardPose) {
        for (int i = 0; i < cards.length; i++) {
            cards[i].set(cardPoses[i]);
        }
        board.set(boardPose);
        for (final Grasp grasp : grasps) {
            grasp.forget();
        }
        build();
    }

    /** Tells that the arms have been put somewhere else without moving there; what they held is dropped. */
    public void armsJumped() {
        for (int i = 0; i < hands.length; i++) {
            if (grasps[i].heldCard() >= 0) {
                letGo(grasps[i].heldCard());
            }
            grasps[i].forget();
            hands[i].arm().gripper().objectWidth(GripperPlant.NOTHING);
            hands[i].forget();
            hands[i].follow();
            placeArm(i, 0);
        }
    }

    /** Gives each arm the force that its fingertips meet; before every step of the plants. */
    public void press(final double step) {
        for (int i = 0; i < hands.length; i++) {
            hands[i].press(this, grasps[i], step);
        }
    }

    /** One step of {@code step} seconds, towards the plants' present poses. */
    public void step(final double step) {
        for (int i = 0; i < hands.length; i++) {
            final Hand hand = hands[i];
            final Grasp grasp = grasps[i];
            hand.follow();
            final int changed = grasp.update(cards, available, hand);
            if (changed >= 0 && grasp.heldCard() == changed) {
                take(changed);
            } else if (changed >= 0) {
                letGo(changed);
            }
            placeArm(i, step);
            if (grasp.heldCard() >= 0) {
                grasp.carry(hand);
                bodies.move(cardBodies[grasp.heldCard()], grasp.heldPose(), step);
            }
        }
        bodies.step(step);
        for (int i = 0; i < cards.length; i++) {
            if (available[i]) {
                bodies.pose(cardBodies[i], cards[i]);
            }
        }
        for (final Grasp grasp : grasps) {
            if (grasp.heldCard() >= 0) {
                cards[grasp.heldCard()].set(grasp.heldPose());
            }
        }
    }

    /** Where a card is: its centre and orientation. Owned by this object. */
    public BodyPose card(final int index) {
        return cards[index];
    }

    /** Where the board is: the centre of its body. Owned by this object. */
    public BodyPose board() {
        return board;
    }

    /** The arm that holds a card, or -1. */
    public int holder(final int card) {
        for (int i = 0; i < grasps.length; i++) {
            if (grasps[i].heldCard() == card) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public double heightUnder(final double x, final double y, final double z, final int exceptCard) {
        double height = 0;
        final double bx = (x - board.x) * boardCos + (y - board.y) * boardSin;
        final double by = (y - board.y) * boardCos - (x - board.x) * boardSin;
        if (Math.abs(bx) < CellGeometry.BOARD_LENGTH / 2 && Math.abs(by) < CellGeometry.BOARD_WIDTH / 2) {
            height = CellGeometry.BOARD_THICKNESS;
        }
        for (int i = 0; i < cards.length; i++) {
            final BodyPose card = cards[i];
            final double top = card.z + CellGeometry.CARD_THICKNESS / 2;
            // a finger beside the card, or deep in it, does not stand on it
            if (i == exceptCard || top <= height || z < top - FINGER_ABOVE_CARD || Math.abs(card.upright()) < 0.9) {
                continue;
            }
            final double dx = x - card.x;
            final double dy = y - card.y;
            if (dx * dx + dy * dy < 0.0017) {
                final double yaw = card.yaw();
                final double cx = dx * Math.cos(yaw) + dy * Math.sin(yaw);
                final double cy = dy * Math.cos(yaw) - dx * Math.sin(yaw);
                if (Math.abs(cx) < CellGeometry.CARD_LENGTH / 2 && Math.abs(cy) < CellGeometry.CARD_WIDTH / 2) {
                    height = top;
                }
            }
        }
        return height;
    }

    @Override
    public void close() {
        bodies.close();
    }

    private void build() {
        bodies.clear();
        bodies.addFixed(BOARD, board);
        final double boardYaw = board.yaw();
        boardCos = Math.cos(boardYaw);
        boardSin = Math.sin(boardYaw);
        for (int i = 0; i < cards.length; i++) {
            cardBodies[i] = bodies.addLoose(CARD, cards[i], CARD_MASS);
            available[i] = true;
        }
        for (int i = 0; i < hands.length; i++) {
            for (int box = 0; box < solids.size(); box++) {
                armBodies[i][box] = bodies.addMoved(solids.get(box).halfSize());
            }
            armBodies[i][solids.size()] = bodies.addMoved(FINGER.halfSize());
            armBodies[i][solids.size() + 1] = bodies.addMoved(FINGER.halfSize());
            hands[i].arm().gripper().objectWidth(GripperPlant.NOTHING);
            hands[i].forget();
            hands[i].follow();
            placeArm(i, 0);
        }
        bodies.ready();
    }

    private void take(final int card) {
        available[card] = false;
        bodies.take(cardBodies[card]);
    }

    private void letGo(final int card) {
        available[card] = true;
        bodies.letGo(cardBodies[card]);
    }

    /** Moves an arm's boxes where the plant is: within a step, or at once if the step is 0. */
    private void placeArm(final int arm, final double step) {
        final Hand hand = hands[arm];
        final double opening = hand.arm().gripper().opening();
        for (int box = 0; box < solids.size(); box++) {
            hand.boxPose(solids.get(box), solids.get(box).y(), scratch);
            bodies.move(armBodies[arm][box], scratch, step);
        }
        hand.boxPose(FINGER, ArmBox.fingerY(true, opening), scratch);
        bodies.move(armBodies[arm][solids.size()], scratch, step);
        hand.boxPose(FINGER, ArmBox.fingerY(false, opening), scratch);
        bodies.move(armBodies[arm][solids.size() + 1], scratch, step);
    }
}
