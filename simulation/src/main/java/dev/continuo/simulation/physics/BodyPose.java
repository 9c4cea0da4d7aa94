package dev.continuo.simulation.physics;

/** A mutable position (metres) and orientation (unit quaternion). */
public final class BodyPose {
    /** Position. */
    public double x;
    /** Position. */
    public double y;
    /** Position. */
    public double z;
    /** Orientation, vector part. */
    public double qx;
    /** Orientation, vector part. */
    public double qy;
    /** Orientation, vector part. */
    public double qz;
    /** Orientation, scalar part. */
    public double qw = 1;

    /** Takes over all values of another pose. */
    public void set(final BodyPose other) {
        set(other.x, other.y, other.z, other.qx, other.qy, other.qz, other.qw);
    }

    /** Sets all values. */
    public void set(final double x, final double y, final double z, final double qx, final double qy, final double qz,
        final double qw) {
        this.x = x;
        this.y = y;
        this.z = z;
        this.qx = qx;
        this.qy = qy;
        this.qz = qz;
        this.qw = qw;
    }

    /** Lays the pose flat at a place, turned about z. */
    public void setFlat(final double x, final double y, final double z, final double yaw) {
        set(x, y, z, 0, 0, Math.sin(yaw / 2), Math.cos(yaw / 2));
    }

    /** The turn about z that brings x where this pose's x axis points, seen from above. */
    public double yaw() {
        return Math.atan2(2 * (qw * qz + qx * qy), 1 - 2 * (qy * qy + qz * qz));
    }

    /** The z component of this pose's z axis: 1 lying flat face up, -1 face down. */
    public double upright() {
        return 1 - 2 * (qx * qx + qy * qy);
    }

    /** Writes the orientation as a rotation matrix, row by row. */
    public void rotation(final double[] out) {
        out[0] = 1 - 2 * (qy * qy + qz * qz);
        out[1] = 2 * (qx * qy - qw * qz);
        out[2] = 2 * (qx * qz + qw * qy);
        out[3] = 2 * (qx * qy + qw * qz);
        out[4] = 1 - 2 * (qx * qx + qz * qz);
        out[5] = 2 * (qy * qz - qw * qx);
        out[6] = 2 * (qx * qz - qw * qy);
        out[7] = 2 * (qy * qz + qw * qx);
        out[8] = 1 - 2 * (qx * qx + qy * qy);
    }

    /** Takes the orientation of a rotation matrix given row by row. */
    public void setRotation(final double[] r) {
        final double trace = r[0] + r[4] + r[8];
        if (trace > 0) {
            final double s = 2 * Math.sqrt(trace + 1);
            qw = s / 4;
            qx = (r[7] - r[5]) / s;
            qy = (r[2] - r[6]) / s;
            qz = (r[3] - r[1]) / s;
        } else if (r[0] > r[4] && r[0] > r[8]) {
            final double s = 2 * Math.sqrt(1 + r[0] - r[4] - r[8]);
            qw = (r[7] - r[5]) / s;
            qx = s / 4;
            qy = (r[1] + r[3]) / s;
            qz = (r[2] + r[6]) / s;
        } else if (r[4] > r[8]) {
            final double s = 2 * Math.sqrt(1 + r[4] - r[0] - r[8]);
            qw = (r[2] - r[6]) / s;
            qx = (r[1] + r[3]) / s;
            qy = s / 4;
            qz = (r[5] + r[7]) / s;
        } else {
            final double s = 2 * Math.sqrt(1 + r[8] - r[0] - r[4]);
            qw = (r[3] - r[1]) / s;
            qx = (r[2] + r[6]) / s;
            qy = (r[5] + r[7]) / s;
            qz = s / 4;
        }
    }
}
