package dev.continuo.hardware.kinematics;

import dev.continuo.config.ActionSpace;

/**
 * A tool's pose and the opening of its gripper as {@value ActionSpace#POSE_COLUMNS} numbers: x, y, z in metres, the first two rows of the rotation
 * matrix, the opening in metres (chatvla2.md section 1.7; Zhou et al. 2019 for the rows). Nothing is allocated.
 */
public final class PoseRow {
    /** Where the opening stands. */
    public static final int OPENING = ActionSpace.POSE_COLUMNS - 1;

    private static final int FIRST = 3;
    private static final int SECOND = 6;
    /** Rows shorter than this, or nearer to parallel, tell no rotation. */
    private static final double LEAST = 1e-3;

    private PoseRow() {
    }

    /**
     * Reads the pose; rows that are not quite orthonormal, as a network makes them, are made so after Gram and Schmidt.
     *
     * @return false when a number is not finite or the rows tell no rotation; the pose is then left alone
     */
    public static boolean read(final double[] row, final Pose pose) {
        final double first = length(row, FIRST);
        if (!(first > LEAST) || !Double.isFinite(first + row[0] + row[1] + row[2] + row[OPENING])) {
            return false;
        }
        final double ax = row[FIRST] / first;
        final double ay = row[FIRST + 1] / first;
        final double az = row[FIRST + 2] / first;
        final double along = ax * row[SECOND] + ay * row[SECOND + 1] + az * row[SECOND + 2];
        final double bx = row[SECOND] - along * ax;
        final double by = row[SECOND + 1] - along * ay;
        final double bz = row[SECOND + 2] - along * az;
        final double second = Math.sqrt(bx * bx + by * by + bz * bz);
        if (!(second > LEAST) || !Double.isFinite(second)) {
            return false;
        }
        System.arraycopy(row, 0, pose.position, 0, 3);
        final double[] r = pose.rotation;
        r[0] = ax;
        r[1] = ay;
        r[2] = az;
        r[3] = bx / second;
        r[4] = by / second;
        r[5] = bz / second;
        r[6] = r[1] * r[5] - r[2] * r[4];
        r[7] = r[2] * r[3] - r[0] * r[5];
        r[8] = r[0] * r[4] - r[1] * r[3];
        return true;
    }

    /** Writes a pose and an opening in metres to {@code row}, from {@code offset} on. */
    public static void write(final Pose pose, final double openingMetres, final double[] row, final int offset) {
        System.arraycopy(pose.position, 0, row, offset, 3);
        System.arraycopy(pose.rotation, 0, row, offset + FIRST, 6);
        row[offset + OPENING] = openingMetres;
    }

    private static double length(final double[] row, final int from) {
        return Math.sqrt(row[from] * row[from] + row[from + 1] * row[from + 1] + row[from + 2] * row[from + 2]);
    }
}
