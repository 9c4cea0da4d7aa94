package dev.continuo.simulation.physics;

/**
 * Two flat fingers and a box between them: how wide it is there, and where it goes when it goes along with them. Allocates nothing after construction. One thread.
 */
public final class Grip {
    /** Faces within six degrees of the pads can be held. */
    private static final double ALIGNED = Math.cos(Math.toRadians(6));
    private static final double LEAST_OVERLAP = 0.003;
    /** A box whose middle is farther from the tool than this, metres, is not looked at. */
    private static final double NEAR = 0.1;
    private static final int ACROSS = 1;

    private final Fingers fingers;
    private final double[] thingRotation = new double[9];
    private final double[] relative = new double[9];
    private final double[] offset = new double[3];
    private final double[] reach = new double[3];
    private final double[] heldRelative = new double[9];
    private final double[] heldOffset = new double[3];
    private final double[] product = new double[9];
    private double width;
    private boolean aligned;

    /**
     * What fingers are like that open along the tool's y axis.
     *
     * @param along       the tool's axis that they reach along: 0 is x, 2 is z
     * @param tip         how far they reach beyond the tool's origin, metres
     * @param length      how far they reach behind it
     * @param halfBreadth half their size along the third axis
     */
    public record Fingers(int along, double tip, double length, double halfBreadth) {
    }

    /** The grip of a pair of fingers. */
    public Grip(final Fingers fingers) {
        this.fingers = fingers;
    }

    /**
     * Whether a box is between the pads.
     *
     * @param half     half its size
     * @param rotation the tool's, row by row
     * @param origin   the tool's
     * @param opening  of the fingers, metres
     */
    public boolean between(final BodyPose thing, final RigidBodies.HalfSize half, final double[] rotation, final double[] origin, final double opening) {
        final double dx = thing.x - origin[0];
        final double dy = thing.y - origin[1];
        final double dz = thing.z - origin[2];
        if (dx * dx + dy * dy + dz * dz > NEAR * NEAR) {
            return false;
        }
        thing.rotation(thingRotation);
        for (int i = 0; i < 3; i++) {
            offset[i] = rotation[i] * dx + rotation[3 + i] * dy + rotation[6 + i] * dz;
            for (int j = 0; j < 3; j++) {
                relative[3 * i + j] =
                    rotation[i] * thingRotation[j] + rotation[3 + i] * thingRotation[3 + j] + rotation[6 + i] * thingRotation[6 + j];
            }
            reach[i] = Math.abs(relative[3 * i]) * half.x() + Math.abs(relative[3 * i + 1]) * half.y() + Math.abs(relative[3 * i + 2]) * half.z();
        }
        final int breadth = 2 - fingers.along;
        if (overlap(fingers.along, -fingers.length, fingers.tip) < LEAST_OVERLAP || overlap(breadth, -fingers.halfBreadth, fingers.halfBreadth) < LEAST_OVERLAP) {
            return false;
        }
        int face = 0;
        for (int j = 1; j < 3; j++) {
            if (Math.abs(relative[3 * ACROSS + j]) > Math.abs(relative[3 * ACROSS + face])) {
                face = j;
            }
        }
        aligned = Math.abs(relative[3 * ACROSS + face]) >= ALIGNED;
        width = 2 * (face == 0 ? half.x() : face == 1 ? half.y() : half.z());
        return Math.abs(offset[ACROSS]) + 0.4 * width <= opening / 2;
    }

    private double overlap(final int axis, final double from, final double to) {
        return Math.min(offset[axis] + reach[axis], to) - Math.max(offset[axis] - reach[axis], from);
    }

    /** The width, metres, of the box that was found between the pads last. */
    public double width() {
        return width;
    }

    /** Whether its faces lie against the pads, so that it can be held. */
    public boolean aligned() {
        return aligned;
    }

    /** From now on it goes along. */
    public void hold() {
        System.arraycopy(relative, 0, heldRelative, 0, heldRelative.length);
        System.arraycopy(offset, 0, heldOffset, 0, heldOffset.length);
    }

    /**
     * Where the box is that goes along.
     *
     * @param r the tool's rotation, row by row
     * @param o the tool's origin
     */
    public void carry(final double[] r, final double[] o, final BodyPose held) {
        for (int row = 0; row < 9; row += 3) {
            for (int column = 0; column < 3; column++) {
                product[row + column] =
                    r[row] * heldRelative[column] + r[row + 1] * heldRelative[3 + column] + r[row + 2] * heldRelative[6 + column];
            }
        }
        held.setRotation(product);
        held.x = o[0] + r[0] * heldOffset[0] + r[1] * heldOffset[1] + r[2] * heldOffset[2];
        held.y = o[1] + r[3] * heldOffset[0] + r[4] * heldOffset[1] + r[5] * heldOffset[2];
        held.z = o[2] + r[6] * heldOffset[0] + r[7] * heldOffset[1] + r[8] * heldOffset[2];
    }
}
