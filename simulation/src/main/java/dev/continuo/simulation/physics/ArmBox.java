package dev.continuo.simulation.physics;

import java.util.List;

/**
 * One box of an arm's body, fixed to a link: what collides and what is drawn.
 *
 * @param link     the link whose frame it is given in: 0 to 5, {@link ArmDynamics#TOOL}, or -1 for the base
 * @param x        its centre
 * @param y        its centre
 * @param z        its centre
 * @param halfX    half its size
 * @param halfY    half its size
 * @param halfZ    half its size
 * @param collides whether things on the table feel it
 */
public record ArmBox(int link, double x, double y, double z, double halfX, double halfY, double halfZ, boolean collides) {
    /** How far the fingers reach beyond the tool's origin, the point between the pads where things are grasped. */
    public static final double FINGER_TIP = 0.006;
    /** Half a finger's thickness, along the tool's y. */
    public static final double FINGER_HALF_Y = 0.005;
    /** Half a finger's breadth, along the tool's z. */
    public static final double FINGER_HALF_Z = 0.009;
    private static final double FINGER_HALF_X = 0.0305;

    /** An R5's body without its fingers: base, upper arm, forearm, wrist, palm. */
    public static List<ArmBox> body(final ArmModel model) {
        final double elbow = model.origin(3, 0);
        final double drop = model.origin(3, 2);
        return List.of(
            new ArmBox(-1, 0, 0, 0.028, 0.05, 0.045, 0.028, false),
            new ArmBox(0, 0.01, 0, 0.03, 0.04, 0.04, 0.035, false),
            new ArmBox(1, model.origin(2, 0) / 2, 0, 0, 0.16, 0.028, 0.028, false),
            new ArmBox(2, elbow / 2, 0, drop * 0.8, elbow / 2 + 0.01, 0.026, 0.026, true),
            new ArmBox(3, 0.045, 0, -0.045, 0.03, 0.024, 0.045, false),
            new ArmBox(4, 0.0, 0, 0.06, 0.026, 0.026, 0.04, false),
            new ArmBox(ArmDynamics.TOOL, -0.100, 0, 0, 0.045, 0.046, 0.026, true));
    }

    /** Half its size along its own axes. */
    public RigidBodies.HalfSize halfSize() {
        return new RigidBodies.HalfSize(halfX, halfY, halfZ);
    }

    /** A finger at the given opening in metres, in the tool's frame; the left one is on the side of positive y. */
    public static ArmBox finger(final boolean left, final double opening) {
        return new ArmBox(ArmDynamics.TOOL, FINGER_TIP - FINGER_HALF_X, fingerY(left, opening), 0, FINGER_HALF_X, FINGER_HALF_Y,
            FINGER_HALF_Z, true);
    }

    /** The y of a finger's centre in the tool's frame. */
    public static double fingerY(final boolean left, final double opening) {
        final double y = opening / 2 + FINGER_HALF_Y;
        return left ? y : -y;
    }
}
