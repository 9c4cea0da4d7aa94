package dev.continuo.simulation.franka;

import dev.continuo.hardware.kinematics.Pose;

/** Frames as the protocol has them: 4×4 matrices, column by column. */
final class Frames {
    private static final double UNIT_TOLERANCE = 1e-5;

    private Frames() {
    }

    static double[] identity() {
        return new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    }

    /** A turn about z, then a way along it. */
    static double[] screw(final double angle, final double along) {
        final double c = Math.cos(angle);
        final double s = Math.sin(angle);
        return new double[] {c, s, 0, 0, -s, c, 0, 0, 0, 0, 1, 0, 0, 0, along, 1};
    }

    /** The product of two frames; another array than either. */
    static void multiply(final double[] first, final double[] second, final double[] product) {
        for (int column = 0; column < 4; column++) {
            for (int row = 0; row < 4; row++) {
                double sum = 0;
                for (int k = 0; k < 4; k++) {
                    sum += first[4 * k + row] * second[4 * column + k];
                }
                product[4 * column + row] = sum;
            }
        }
    }

    /** The inverse of a rigid frame. */
    static double[] inverse(final double[] frame) {
        final double[] inverse = identity();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                inverse[4 * column + row] = frame[4 * row + column];
                inverse[12 + row] -= frame[4 * row + column] * frame[12 + column];
            }
        }
        return inverse;
    }

    static void ofPose(final Pose pose, final double[] frame) {
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                frame[4 * column + row] = pose.rotation[3 * row + column];
            }
            frame[12 + row] = pose.position[row];
            frame[4 * row + 3] = 0;
        }
        frame[15] = 1;
    }

    static void toPose(final double[] frame, final Pose pose) {
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                pose.rotation[3 * row + column] = frame[4 * column + row];
            }
            pose.position[row] = frame[12 + row];
        }
    }

    /** Whether a frame neither stretches nor shears. */
    static boolean rigid(final double[] frame) {
        boolean rigid = frame[3] == 0 && frame[7] == 0 && frame[11] == 0 && frame[15] == 1;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                final double columns = frame[4 * i] * frame[4 * j] + frame[4 * i + 1] * frame[4 * j + 1] + frame[4 * i + 2] * frame[4 * j + 2];
                rigid &= Math.abs(columns - (i == j ? 1 : 0)) <= UNIT_TOLERANCE;
            }
        }
        return rigid;
    }

    /** The turn from one frame to another in the frame that both are in, axis times angle, to three places of {@code turn}. */
    static void turn(final double[] from, final double[] to, final double[] turn, final int at) {
        final double x = 0.5 * (between(from, to, 2, 1) - between(from, to, 1, 2));
        final double y = 0.5 * (between(from, to, 0, 2) - between(from, to, 2, 0));
        final double z = 0.5 * (between(from, to, 1, 0) - between(from, to, 0, 1));
        final double sine = Math.sqrt(x * x + y * y + z * z);
        final double cosine = 0.5 * (between(from, to, 0, 0) + between(from, to, 1, 1) + between(from, to, 2, 2) - 1);
        final double scale = sine > 0 ? Math.atan2(sine, cosine) / sine : 1;
        turn[at] = scale * x;
        turn[at + 1] = scale * y;
        turn[at + 2] = scale * z;
    }

    private static double between(final double[] from, final double[] to, final int row, final int column) {
        return to[row] * from[column] + to[4 + row] * from[4 + column] + to[8 + row] * from[8 + column];
    }

    /** Moves a frame along a twist for a time. */
    static void advance(final double[] frame, final double[] twist, final double seconds) {
        final double angle = seconds * Math.sqrt(twist[3] * twist[3] + twist[4] * twist[4] + twist[5] * twist[5]);
        final double sine = angle > 0 ? Math.sin(angle) / angle * seconds : seconds;
        final double cosine = angle > 0 ? (1 - Math.cos(angle)) / (angle * angle) * seconds * seconds : 0.5 * seconds * seconds;
        for (int column = 0; column < 12; column += 4) {
            final double vx = frame[column];
            final double vy = frame[column + 1];
            final double vz = frame[column + 2];
            final double cx = twist[4] * vz - twist[5] * vy;
            final double cy = twist[5] * vx - twist[3] * vz;
            final double cz = twist[3] * vy - twist[4] * vx;
            frame[column] = vx + sine * cx + cosine * (twist[4] * cz - twist[5] * cy);
            frame[column + 1] = vy + sine * cy + cosine * (twist[5] * cx - twist[3] * cz);
            frame[column + 2] = vz + sine * cz + cosine * (twist[3] * cy - twist[4] * cx);
        }
        for (int i = 0; i < 3; i++) {
            frame[12 + i] += twist[i] * seconds;
        }
    }
}
