package dev.continuo.simulation.toys;

import dev.continuo.simulation.render.View;

/**
 * Where the one camera stands, at the robot's right side as in the paper, and where points of the world appear in its picture. The picture's left is towards the robot's base, its upper
 * edge farther away.
 */
public final class ToyCamera {
    /** Pixels across. */
    public static final int WIDTH = 320;
    /** Pixels down. */
    public static final int HEIGHT = 240;
    /** Its nominal place: x, y, z in metres. */
    public static final double[] PLACE = {0.53, -0.66, 0.56};
    /** What is in the middle of its picture: x, y, z in metres. */
    public static final double[] LOOKS_AT = {0.53, -0.005, 0.01};
    /** Its vertical field of view, radians. */
    public static final double FIELD_OF_VIEW = Math.toRadians(27.5);

    private static final double NEAREST = 0.05;

    private final double[] place;
    /** Rows: the picture's right, its downward direction, the direction of view, in the world frame. */
    private final double[] axes = new double[9];

    /** The camera in its nominal place. */
    public ToyCamera() {
        this(new double[6]);
    }

    /** The camera misaligned: its place by x, y, z in metres, its view by right, down (radians) and about itself (radians). */
    public ToyCamera(final double[] offset) {
        place = new double[] {PLACE[0] + offset[0], PLACE[1] + offset[1], PLACE[2] + offset[2]};
        lookAt(offset);
        turn(0, 6, offset[3]);
        turn(3, 6, offset[4]);
        turn(0, 3, offset[5]);
    }

    private void lookAt(final double[] offset) {
        final double dx = LOOKS_AT[0] + offset[0] - place[0];
        final double dy = LOOKS_AT[1] + offset[1] - place[1];
        final double dz = LOOKS_AT[2] + offset[2] - place[2];
        final double length = Math.sqrt(dx * dx + dy * dy + dz * dz);
        axes[6] = dx / length;
        axes[7] = dy / length;
        axes[8] = dz / length;
        final double level = Math.hypot(axes[6], axes[7]);
        axes[0] = axes[7] / level;
        axes[1] = -axes[6] / level;
        axes[3] = axes[7] * axes[2] - axes[8] * axes[1];
        axes[4] = axes[8] * axes[0] - axes[6] * axes[2];
        axes[5] = axes[6] * axes[1] - axes[7] * axes[0];
    }

    /** Turns two directions about the third. */
    private void turn(final int one, final int other, final double radians) {
        final double cos = Math.cos(radians);
        final double sin = Math.sin(radians);
        for (int i = 0; i < 3; i++) {
            final double a = axes[one + i];
            final double b = axes[other + i];
            axes[one + i] = cos * a + sin * b;
            axes[other + i] = cos * b - sin * a;
        }
    }

    /** Has a view see what this camera sees. */
    public void aim(final View view) {
        view.aim(place, axes);
    }

    /**
     * Projects a point.
     *
     * @param seen receives how far right and how far down of the upper left corner it is seen, as shares of the picture's width and height
     * @return false when the point is behind the camera or too near
     */
    public boolean project(final double x, final double y, final double z, final double[] seen) {
        final double dx = x - place[0];
        final double dy = y - place[1];
        final double dz = z - place[2];
        final double depth = axes[6] * dx + axes[7] * dy + axes[8] * dz;
        if (depth < NEAREST) {
            return false;
        }
        final double scale = 0.5 / Math.tan(FIELD_OF_VIEW / 2) / depth;
        seen[0] = 0.5 + scale * HEIGHT / WIDTH * (axes[0] * dx + axes[1] * dy + axes[2] * dz);
        seen[1] = 0.5 + scale * (axes[3] * dx + axes[4] * dy + axes[5] * dz);
        return true;
    }
}
