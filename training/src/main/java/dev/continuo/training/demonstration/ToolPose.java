package dev.continuo.training.demonstration;

/**
 * Where a gripper that points straight down should be, in the cell's frame.
 *
 * @param x              metres away from the arms
 * @param y              metres to the left
 * @param z              metres above the table
 * @param yawRadians     rotation about the vertical; 0 lets the fingers open along y
 * @param openingMetres  opening of the gripper
 */
record ToolPose(double x, double y, double z, double yawRadians, double openingMetres) {

    ToolPose at(final double height) {
        return new ToolPose(x, y, height, yawRadians, openingMetres);
    }

    ToolPose opened(final double metres) {
        return new ToolPose(x, y, z, yawRadians, metres);
    }

    ToolPose moved(final double dx, final double dy, final double dz) {
        return new ToolPose(x + dx, y + dy, z + dz, yawRadians, openingMetres);
    }

    /** The pose at a fraction of the way to another, 0 to 1. */
    ToolPose towards(final ToolPose other, final double fraction) {
        return new ToolPose(mix(x, other.x, fraction), mix(y, other.y, fraction), mix(z, other.z, fraction),
            mix(yawRadians, other.yawRadians, fraction), mix(openingMetres, other.openingMetres, fraction));
    }

    private static double mix(final double from, final double to, final double fraction) {
        return from + (to - from) * fraction;
    }
}
