package dev.continuo.simulation.toys;

/**
 * Where the middle of an object has to be, as seen from the middle of the target, metres: a rectangle on the table, or on the target's top.
 *
 * @param minX  towards the robot's base
 * @param maxX  away from it
 * @param minY  towards the camera
 * @param maxY  away from it
 * @param aloft whether on top of the target
 */
public record PlacingZone(double minX, double maxX, double minY, double maxY, boolean aloft) {
    /** From middle to middle when the two touch. */
    private static final double TOUCHING = (Toy.Role.OBJECT.width() + Toy.Role.TARGET.width()) / 2;
    /** A thing that is beside another leaves at least so much between them, and at most so much. */
    private static final double LEAST_GAP = 0.012;
    private static final double MOST_GAP = 0.075;
    /** A thing at the foot of another leaves at most so much; one in front of it leaves more. */
    private static final double FOOT_GAP = 0.018;
    private static final double FRONT_GAP = 0.024;
    /** How far a thing beside another may be off to the side. */
    private static final double ASIDE = 0.040;
    /** How far a thing on top of another may be off its middle, so that it does not fall. */
    private static final double ALOFT = 0.026;

    /** The zone of a relation. */
    public static PlacingZone of(final Relation relation) {
        return switch (relation) {
            case LEFT -> new PlacingZone(-TOUCHING - MOST_GAP, -TOUCHING - LEAST_GAP, -ASIDE, ASIDE, false);
            case RIGHT -> new PlacingZone(TOUCHING + LEAST_GAP, TOUCHING + MOST_GAP, -ASIDE, ASIDE, false);
            case FRONT -> new PlacingZone(-ASIDE, ASIDE, -TOUCHING - MOST_GAP, -TOUCHING - FRONT_GAP, false);
            case BEHIND -> new PlacingZone(-ASIDE, ASIDE, TOUCHING + LEAST_GAP, TOUCHING + MOST_GAP, false);
            case TOP -> new PlacingZone(-ALOFT, ALOFT, -ALOFT, ALOFT, true);
            case BOTTOM -> new PlacingZone(-ASIDE, ASIDE, -TOUCHING - FOOT_GAP, -TOUCHING, false);
        };
    }

    /** Whether a middle that is displaced from the target's by so much is in the zone. */
    public boolean contains(final double dx, final double dy) {
        return dx >= minX && dx <= maxX && dy >= minY && dy <= maxY;
    }

    /** The middle of the zone along x. */
    public double middleX() {
        return (minX + maxX) / 2;
    }

    /** The middle of the zone along y. */
    public double middleY() {
        return (minY + maxY) / 2;
    }
}
