package dev.continuo.simulation.cell;

import dev.continuo.config.BasePose;
import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ArxKinematics;
import dev.continuo.hardware.kinematics.Pose;
import dev.continuo.simulation.scene.CellGeometry;

/** Joint angles for tool poses in the cell, by the hardware's own kinematics: tools point down, fingers open along y. */
final class Reach {
    private final ArxKinematics[] kinematics = {
        new ArxKinematics(ArxChains.R5, CellGeometry.LEFT_BASE),
        new ArxKinematics(ArxChains.R5, CellGeometry.RIGHT_BASE)};
    private final double[] seed = {0, 1.2, 1.2, -1.4, 0, 0};

    /** Both arms in the ready pose with open grippers. */
    double[] ready() {
        final double[] axes = new double[CellState.AXES];
        aim(axes, 0, 0.20, CellGeometry.LEFT_BASE.y(), 0.14, 0, 0.07);
        aim(axes, 1, 0.20, CellGeometry.RIGHT_BASE.y(), 0.14, 0, 0.07);
        return axes;
    }

    /** Sets one arm's seven axes so that its tool is at the given place, turned by yaw, with the given opening. */
    void aim(final double[] axes, final int arm, final double x, final double y, final double z, final double yaw,
        final double opening) {
        final double[] q = seed.clone();
        if (!kinematics[arm].solve(Pose.of(x, y, z, 0, Math.PI / 2, yaw), q)) {
            throw new AssertionError("out of reach: " + x + " " + y + " " + z);
        }
        System.arraycopy(q, 0, axes, 7 * arm, 6);
        axes[7 * arm + 6] = opening;
    }

    /** Where an arm's tool is. */
    double[] tool(final double[] axes, final int arm) {
        final double[] q = java.util.Arrays.copyOfRange(axes, 7 * arm, 7 * arm + 6);
        final Pose pose = new Pose();
        kinematics[arm].toolPose(q, pose);
        return pose.position.clone();
    }
}
