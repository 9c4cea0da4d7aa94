package dev.continuo.hardware.kinematics;

/** Rotations as an axis times an angle. */
final class Turns {
    private Turns() {
    }

    /**
     * The turn that leads from one orientation to another.
     *
     * @param from   rotation matrix, row by row
     * @param to     rotation matrix, row by row
     * @param turn   receives axis times angle at {@code offset}, radians, in the frame of the matrices
     * @return the angle, radians from 0 to pi
     */
    static double between(final double[] from, final double[] to, final double[] turn, final int offset) {
        final double x = 0.5 * (product(to, from, 2, 1) - product(to, from, 1, 2));
        final double y = 0.5 * (product(to, from, 0, 2) - product(to, from, 2, 0));
        final double z = 0.5 * (product(to, from, 1, 0) - product(to, from, 0, 1));
        final double sine = Math.sqrt(x * x + y * y + z * z);
        final double angle = Math.atan2(sine, 0.5 * (product(to, from, 0, 0) + product(to, from, 1, 1) + product(to, from, 2, 2) - 1));
        final double scale = sine > 0 ? angle / sine : 1;
        turn[offset] = scale * x;
        turn[offset + 1] = scale * y;
        turn[offset + 2] = scale * z;
        return angle;
    }

    private static double product(final double[] to, final double[] from, final int row, final int column) {
        return to[3 * row] * from[3 * column] + to[3 * row + 1] * from[3 * column + 1] + to[3 * row + 2] * from[3 * column + 2];
    }
}
