package dev.continuo.simulation.render;

import dev.continuo.simulation.scene.CellGeometry;

/** A camera: where points of the world appear in its picture; the top camera unless it is aimed elsewhere. Set up anew for each appearance, without allocation. */
public final class View {
    private final double halfWidth;
    private final double halfHeight;
    private final double focal;
    private final double[] position = new double[3];
    /** Rows: the picture's right, its downward direction, the direction of view, in the world frame. */
    private final double[] axes = new double[9];

    /** The top camera's view onto a picture of the given size in pixels. */
    View(final int width, final int height) {
        this(width, height, CellGeometry.CAMERA_FIELD_OF_VIEW);
    }

    /** A view onto a picture of the given size in pixels, with a vertical field of view in radians. */
    public View(final int width, final int height, final double fieldOfView) {
        halfWidth = width / 2.0;
        halfHeight = height / 2.0;
        focal = halfHeight / Math.tan(fieldOfView / 2);
    }

    /**
     * Takes any pose.
     *
     * @param place      x, y, z, metres
     * @param directions rows: the picture's right, its downward direction, the direction of view, in the world frame
     */
    public void aim(final double[] place, final double[] directions) {
        System.arraycopy(place, 0, position, 0, position.length);
        System.arraycopy(directions, 0, axes, 0, axes.length);
    }

    /** Takes the top camera's nominal pose, misaligned by x, y, z, roll, pitch, yaw. */
    void place(final double[] offset) {
        position[0] = CellGeometry.CAMERA_X + offset[0];
        position[1] = offset[1];
        position[2] = CellGeometry.CAMERA_Z + offset[2];
        final double cr = Math.cos(offset[3]);
        final double sr = Math.sin(offset[3]);
        final double cp = Math.cos(offset[4]);
        final double sp = Math.sin(offset[4]);
        final double cy = Math.cos(offset[5]);
        final double sy = Math.sin(offset[5]);
        // The misalignment's rotation matrix, column by column: what the world's axes become.
        final double[][] columns = {
            {cy * cp, sy * cp, -sp}, {cy * sp * sr - sy * cr, sy * sp * sr + cy * cr, cp * sr},
            {cy * sp * cr + sy * sr, sy * sp * cr - cy * sr, cp * cr}};
        for (int i = 0; i < 3; i++) {
            axes[i] = -columns[1][i];
            axes[3 + i] = -columns[0][i];
            axes[6 + i] = -columns[2][i];
        }
    }

    /**
     * Projects a point.
     *
     * @param vertex receives x, y (pixels, from the top left corner) and 1/w at {@code at}; w is the distance along the view, metres
     * @return false when the point is behind the camera or too near
     */
    public boolean project(final double x, final double y, final double z, final float[] vertex, final int at) {
        final double dx = x - position[0];
        final double dy = y - position[1];
        final double dz = z - position[2];
        final double w = axes[6] * dx + axes[7] * dy + axes[8] * dz;
        if (w < 0.05) {
            return false;
        }
        vertex[at] = (float) (halfWidth + focal * (axes[0] * dx + axes[1] * dy + axes[2] * dz) / w);
        vertex[at + 1] = (float) (halfHeight + focal * (axes[3] * dx + axes[4] * dy + axes[5] * dz) / w);
        vertex[at + 2] = (float) (1 / w);
        return true;
    }
}
