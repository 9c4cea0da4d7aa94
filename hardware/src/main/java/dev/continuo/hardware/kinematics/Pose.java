package dev.continuo.hardware.kinematics;

/**
 * A position and an orientation: a mutable flyweight that is filled in place.
 *
 * <p>Orientation as roll, pitch, yaw means {@code R = Rz(yaw) Ry(pitch) Rx(roll)}. A tool whose x axis is its pointing direction
 * looks straight down at pitch +pi/2, and with yaw 0 its y axis is then the frame's y axis.
 */
public final class Pose {
    /** x, y, z in metres. */
    public final double[] position = new double[3];
    /** Rotation matrix, row by row; the columns are the axes of the described frame. */
    public final double[] rotation = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    /** The identity. */
    public Pose() {
    }

    /** A pose from position (metres) and roll, pitch, yaw (radians). Allocates. */
    public static Pose of(
        final double x, final double y, final double z, final double roll, final double pitch, final double yaw) {
        return new Pose().set(x, y, z, roll, pitch, yaw);
    }

    /** Sets position (metres) and roll, pitch, yaw (radians); returns this pose. */
    public Pose set(
        final double x, final double y, final double z, final double roll, final double pitch, final double yaw) {
        position[0] = x;
        position[1] = y;
        position[2] = z;
        final double cr = Math.cos(roll);
        final double sr = Math.sin(roll);
        final double cp = Math.cos(pitch);
        final double sp = Math.sin(pitch);
        final double cy = Math.cos(yaw);
        final double sy = Math.sin(yaw);
        rotation[0] = cy * cp;
        rotation[1] = cy * sp * sr - sy * cr;
        rotation[2] = cy * sp * cr + sy * sr;
        rotation[3] = sy * cp;
        rotation[4] = sy * sp * sr + cy * cr;
        rotation[5] = sy * sp * cr - cy * sr;
        rotation[6] = -sp;
        rotation[7] = cp * sr;
        rotation[8] = cp * cr;
        return this;
    }

    /**
     * Sets a tool that points down at (x, y, z), metres; returns this pose.
     *
     * @param yaw     radians; turns the tool about the vertical: at 0 its y axis is the frame's y axis
     * @param slant   radians; tilts the straight-down tool so that it points away from the arm, 0 is vertical
     * @param heading radians; the horizontal direction "away from the arm", as seen from its base
     */
    public Pose setDown(
        final double x, final double y, final double z, final double yaw, final double slant, final double heading) {
        set(x, y, z, 0, Math.PI / 2, yaw);
        // Rodrigues' formula about the horizontal axis across the heading, (-sin h, cos h, 0), by -slant.
        final double ux = -Math.sin(heading);
        final double uy = Math.cos(heading);
        final double c = Math.cos(slant);
        final double s = -Math.sin(slant);
        final double v = 1 - c;
        for (int column = 0; column < 3; column++) {
            final double a = rotation[column];
            final double b = rotation[3 + column];
            final double d = rotation[6 + column];
            rotation[column] = (c + ux * ux * v) * a + ux * uy * v * b + uy * s * d;
            rotation[3 + column] = ux * uy * v * a + (c + uy * uy * v) * b - ux * s * d;
            rotation[6 + column] = -uy * s * a + ux * s * b + c * d;
        }
        return this;
    }

    /** Copies another pose; returns this pose. */
    public Pose set(final Pose other) {
        System.arraycopy(other.position, 0, position, 0, 3);
        System.arraycopy(other.rotation, 0, rotation, 0, 9);
        return this;
    }

    /** x in metres. */
    public double x() {
        return position[0];
    }

    /** y in metres. */
    public double y() {
        return position[1];
    }

    /** z in metres. */
    public double z() {
        return position[2];
    }

    /** Rotation about x, radians in [-pi, pi]; meaningless when the pitch is +-pi/2. */
    public double roll() {
        return Math.atan2(rotation[7], rotation[8]);
    }

    /** Rotation about y, radians in [-pi/2, pi/2]. */
    public double pitch() {
        return Math.atan2(-rotation[6], Math.hypot(rotation[0], rotation[3]));
    }

    /** Rotation about z, radians in [-pi, pi]; meaningless when the pitch is +-pi/2. */
    public double yaw() {
        return Math.atan2(rotation[3], rotation[0]);
    }

    /** The distance between the two origins, metres. */
    public double distance(final Pose other) {
        final double dx = position[0] - other.position[0];
        final double dy = position[1] - other.position[1];
        final double dz = position[2] - other.position[2];
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    /** The angle of the rotation between the two orientations, radians in [0, pi]. */
    public double angle(final Pose other) {
        double trace = 0;
        double squares = 0;
        for (int i = 0; i < 9; i++) {
            trace += rotation[i] * other.rotation[i];
            squares += (rotation[i] - other.rotation[i]) * (rotation[i] - other.rotation[i]);
        }
        // |R - S|^2 = 8 sin^2(angle / 2), which is well conditioned for small angles where the trace is not.
        return 2 * Math.atan2(Math.sqrt(squares / 8), Math.sqrt(Math.max(0, (trace + 1) / 4)));
    }
}
