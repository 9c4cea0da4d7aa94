package dev.continuo.simulation.physics;

import java.util.Arrays;

/**
 * Where an arm's tool and forearm are in the cell's frame, and what its fingers press on.
 *
 * <p>Follows an {@link ArmPlant} that stands at a fixed base. Allocates nothing after construction.
 */
final class Hand {
    /** Of a fingertip on what lies under it: a millimetre makes 20 N. */
    private static final double TIP_STIFFNESS = 20_000.0;
    private static final double TIP_DAMPING = 60.0;

    private final ArmPlant arm;
    private final double baseX;
    private final double baseY;
    private final double[] toolRotation = new double[9];
    private final double[] toolOrigin = new double[3];
    private final double[] lastHeights = {Double.NaN, Double.NaN, Double.NaN};
    private double forceSum;
    private double momentX;
    private double momentY;

    Hand(final ArmPlant arm, final double baseX, final double baseY) {
        this.arm = arm;
        this.baseX = baseX;
        this.baseY = baseY;
    }

    /** The arm that moves this hand. */
    ArmPlant arm() {
        return arm;
    }

    /** Takes over the arm's present pose. */
    void follow() {
        final ArmDynamics dynamics = arm.dynamics();
        System.arraycopy(dynamics.rotation(ArmDynamics.TOOL), 0, toolRotation, 0, 9);
        final double[] origin = dynamics.origin(ArmDynamics.TOOL);
        toolOrigin[0] = origin[0] + baseX;
        toolOrigin[1] = origin[1] + baseY;
        toolOrigin[2] = origin[2];
    }

    /** The tool's rotation in the cell's frame, row by row. */
    double[] toolRotation() {
        return toolRotation;
    }

    /** The tool's origin in the cell's frame. */
    double[] toolOrigin() {
        return toolOrigin;
    }

    /** The pose of one of the arm's boxes in the cell's frame; its centre may differ from the box's own (fingers). */
    void boxPose(final ArmBox box, final double y, final BodyPose out) {
        final double[] r = arm.dynamics().rotation(box.link());
        final double[] o = arm.dynamics().origin(box.link());
        out.setRotation(r);
        out.x = baseX + o[0] + r[0] * box.x() + r[1] * y + r[2] * box.z();
        out.y = baseY + o[1] + r[3] * box.x() + r[4] * y + r[5] * box.z();
        out.z = o[2] + r[6] * box.x() + r[7] * y + r[8] * box.z();
    }

    /** Forgets what was pressed on, after a jump. */
    void forget() {
        Arrays.fill(lastHeights, Double.NaN);
    }

    /** Feels for the floor under both fingertips and under a held card, and hands the arm the force that they meet. */
    void press(final Floor floor, final Grasp grasp, final double step) {
        follow();
        forceSum = 0;
        momentX = 0;
        momentY = 0;
        final double[] r = toolRotation;
        for (int finger = 0; finger < 2; finger++) {
            final double y = ArmBox.fingerY(finger == 0, arm.gripper().opening());
            final double px = toolOrigin[0] + r[0] * ArmBox.FINGER_TIP + r[1] * y;
            final double py = toolOrigin[1] + r[3] * ArmBox.FINGER_TIP + r[4] * y;
            final double pz = toolOrigin[2] + r[6] * ArmBox.FINGER_TIP + r[7] * y;
            feel(finger, px, py, pz, floor.heightUnder(px, py, pz, grasp.heldCard()), step);
        }
        if (grasp.heldCard() >= 0) {
            final BodyPose card = grasp.heldPose();
            final double bottom = card.z - grasp.heldHalfHeight();
            feel(2, card.x, card.y, bottom, floor.heightUnder(card.x, card.y, bottom, grasp.heldCard()), step);
        } else {
            lastHeights[2] = Double.NaN;
        }
        if (forceSum > 0) {
            arm.contact(0, 0, forceSum, momentX / forceSum - baseX, momentY / forceSum - baseY, 0);
        } else {
            arm.contact(0, 0, 0, 0, 0, 0);
        }
    }

    private void feel(final int point, final double x, final double y, final double z, final double floor, final double step) {
        final double speed = Double.isNaN(lastHeights[point]) ? 0 : (z - lastHeights[point]) / step;
        lastHeights[point] = z;
        final double depth = floor - z;
        if (depth > 0) {
            final double force = Math.max(0, TIP_STIFFNESS * depth - TIP_DAMPING * speed);
            forceSum += force;
            momentX += force * x;
            momentY += force * y;
        }
    }

    /** What lies under a point. */
    @FunctionalInterface
    interface Floor {

        /** The height of the highest surface under (or just above) a point, leaving out one card (or -1). */
        double heightUnder(double x, double y, double z, int exceptCard);
    }
}
