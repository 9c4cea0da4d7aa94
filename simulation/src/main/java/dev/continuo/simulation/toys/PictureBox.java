package dev.continuo.simulation.toys;

import java.util.Locale;

/**
 * A box in a picture, in Qwen2-VL's units: thousandths of the picture's width and height, 0 to 999.
 *
 * @param left   its left edge
 * @param top    its upper edge
 * @param right  its right edge
 * @param bottom its lower edge
 */
public record PictureBox(int left, int top, int right, int bottom) {
    /** Units across and down a picture. */
    public static final int UNITS = 1000;

    /** The units of a share of the picture's width or height. */
    public static int units(final double share) {
        return (int) Math.clamp(Math.round(share * UNITS), 0, UNITS - 1);
    }

    /** The box between shares of the picture's width and height, 0 to 1. */
    public static PictureBox of(final double left, final double top, final double right, final double bottom) {
        return new PictureBox(units(left), units(top), units(right), units(bottom));
    }

    /** What a thing on the table covers, the hand left aside. */
    public static PictureBox around(final ToyScene scene, final int thing, final Toy toy, final ToyCamera camera) {
        final double half = toy.role().width() / 2;
        final double cos = Math.cos(scene.yaw[thing]);
        final double sin = Math.sin(scene.yaw[thing]);
        final double[] seen = new double[2];
        double left = 1;
        double top = 1;
        double right = 0;
        double bottom = 0;
        for (int corner = 0; corner < 8; corner++) {
            final double x = (corner & 1) == 0 ? half : -half;
            final double y = (corner & 2) == 0 ? half : -half;
            final double z = ((corner & 4) == 0 ? 0.5 : -0.5) * toy.role().height();
            if (camera.project(scene.x(thing) + cos * x - sin * y, scene.y(thing) + sin * x + cos * y, scene.z(thing) + z, seen)) {
                left = Math.min(left, seen[0]);
                top = Math.min(top, seen[1]);
                right = Math.max(right, seen[0]);
                bottom = Math.max(bottom, seen[1]);
            }
        }
        return of(left, top, right, bottom);
    }

    /** What two boxes share of what they cover together, 0 to 1. */
    public double overlap(final PictureBox other) {
        final long width = Math.min(right, other.right) - Math.max(left, other.left);
        final long height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        if (width <= 0 || height <= 0) {
            return 0;
        }
        final long shared = width * height;
        return (double) shared / (area() + other.area() - shared);
    }

    private long area() {
        return (long) (right - left) * (bottom - top);
    }

    /** As Qwen2-VL writes it. */
    public String text() {
        return String.format(Locale.ROOT, "(%d,%d),(%d,%d)", left, top, right, bottom);
    }
}
