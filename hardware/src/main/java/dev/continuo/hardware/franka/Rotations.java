package dev.continuo.hardware.franka;

/** Rotation matrices, 3×3 column by column, without allocation. */
final class Rotations {
    private static final double SMALL = 1e-12;

    private Rotations() {
    }

    /** The rotation of a 4×4 pose. */
    static void ofPose(final double[] pose, final double[] rotation) {
        for (int column = 0; column < 3; column++) {
            System.arraycopy(pose, 4 * column, rotation, 3 * column, 3);
        }
    }

    /** Sets the rotation of a 4×4 pose. */
    static void toPose(final double[] rotation, final double[] pose) {
        for (int column = 0; column < 3; column++) {
            System.arraycopy(rotation, 3 * column, pose, 4 * column, 3);
        }
    }

    /** Makes the rotation of a 4×4 pose one again that rounding has made almost one: the first two columns count (Gram and Schmidt). */
    static void straighten(final double[] pose) {
        scale(pose, 0);
        final double along = pose[0] * pose[4] + pose[1] * pose[5] + pose[2] * pose[6];
        for (int i = 0; i < 3; i++) {
            pose[4 + i] -= along * pose[i];
        }
        scale(pose, 4);
        pose[8] = pose[1] * pose[6] - pose[2] * pose[5];
        pose[9] = pose[2] * pose[4] - pose[0] * pose[6];
        pose[10] = pose[0] * pose[5] - pose[1] * pose[4];
    }

    private static void scale(final double[] pose, final int at) {
        final double length = Math.sqrt(pose[at] * pose[at] + pose[at + 1] * pose[at + 1] + pose[at + 2] * pose[at + 2]);
        for (int i = 0; i < 3; i++) {
            pose[at + i] /= length;
        }
    }

    /** The turn that leads from one rotation to another, in the frame that both are in: axis times angle, rad, the short way. */
    static void between(final double[] from, final double[] to, final double[] turn, final int at) {
        // Of R = to · fromᵀ, the antisymmetric part is the axis times the sine, and the trace tells the cosine.
        final double r00 = product(to, from, 0, 0);
        final double r11 = product(to, from, 1, 1);
        final double r22 = product(to, from, 2, 2);
        final double x = 0.5 * (product(to, from, 2, 1) - product(to, from, 1, 2));
        final double y = 0.5 * (product(to, from, 0, 2) - product(to, from, 2, 0));
        final double z = 0.5 * (product(to, from, 1, 0) - product(to, from, 0, 1));
        final double sine = Math.sqrt(x * x + y * y + z * z);
        final double cosine = 0.5 * (r00 + r11 + r22 - 1);
        if (sine > SMALL) {
            final double scale = Math.atan2(sine, cosine) / sine;
            set(turn, at, x * scale, y * scale, z * scale);
        } else if (cosine > 0) {
            set(turn, at, x, y, z);
        } else {
            halfTurn(0.5 * (r00 + 1), 0.5 * (r11 + 1), 0.5 * (r22 + 1),
                product(to, from, 0, 1), product(to, from, 0, 2), product(to, from, 1, 2), turn, at);
        }
    }

    /** Half a turn, whose matrix is twice the axis times itself, less 1: the squares of the axis, and twice its mixed products. */
    private static void halfTurn(final double xx, final double yy, final double zz, final double xy, final double xz, final double yz,
        final double[] turn, final int at) {
        if (xx >= yy && xx >= zz) {
            final double x = Math.sqrt(xx);
            set(turn, at, Math.PI * x, Math.PI * xy / (2 * x), Math.PI * xz / (2 * x));
        } else if (yy >= zz) {
            final double y = Math.sqrt(yy);
            set(turn, at, Math.PI * xy / (2 * y), Math.PI * y, Math.PI * yz / (2 * y));
        } else {
            final double z = Math.sqrt(zz);
            set(turn, at, Math.PI * xz / (2 * z), Math.PI * yz / (2 * z), Math.PI * z);
        }
    }

    private static double product(final double[] to, final double[] from, final int row, final int column) {
        return to[row] * from[column] + to[3 + row] * from[3 + column] + to[6 + row] * from[6 + column];
    }

    private static void set(final double[] turn, final int at, final double x, final double y, final double z) {
        turn[at] = x;
        turn[at + 1] = y;
        turn[at + 2] = z;
    }

    /** A rotation after a turn of {@link #between}'s kind. */
    static void turned(final double[] rotation, final double[] turn, final int at, final double[] result) {
        final double x = turn[at];
        final double y = turn[at + 1];
        final double z = turn[at + 2];
        final double angle = Math.sqrt(x * x + y * y + z * z);
        final double sine = angle > SMALL ? Math.sin(angle) / angle : 1;
        final double cosine = angle > SMALL ? (1 - Math.cos(angle)) / (angle * angle) : 0.5;
        for (int column = 0; column < 9; column += 3) {
            final double vx = rotation[column];
            final double vy = rotation[column + 1];
            final double vz = rotation[column + 2];
            final double cx = y * vz - z * vy;
            final double cy = z * vx - x * vz;
            final double cz = x * vy - y * vx;
            result[column] = vx + sine * cx + cosine * (y * cz - z * cy);
            result[column + 1] = vy + sine * cy + cosine * (z * cx - x * cz);
            result[column + 2] = vz + sine * cz + cosine * (x * cy - y * cx);
        }
    }
}
