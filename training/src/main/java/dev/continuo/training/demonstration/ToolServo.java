package dev.continuo.training.demonstration;

import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ArxKinematics;
import dev.continuo.hardware.kinematics.Pose;
import dev.continuo.simulation.scene.CellGeometry;

/**
 * Turns tool poses of both arms into the 14 setpoints of the cell.
 *
 * <p>Each solution is the seed of the next, so that a smooth path of the tool is a smooth path of the joints.
 */
final class ToolServo {
    private static final double DOWN = Math.PI / 2;
    private static final double[] SEED = {0, 1.2, 1.2, -1.4, 0, 0};

    private final ArxKinematics[] kinematics = {
        new ArxKinematics(ArxChains.R5, CellGeometry.LEFT_BASE), new ArxKinematics(ArxChains.R5, CellGeometry.RIGHT_BASE)};
    private final double[][] joints = {SEED.clone(), SEED.clone()};
    private final Pose pose = new Pose();

    /**
     * Writes the setpoints of one arm for a tool pose.
     *
     * @throws IllegalStateException if the pose is out of reach, which would be a mistake of the plan
     */
    void setpoint(final int arm, final ToolPose target, final double[] setpoint) {
        pose.set(target.x(), target.y(), target.z(), 0, DOWN, target.yawRadians());
        kinematics[arm].solve(pose, joints[arm]);
        if (kinematics[arm].positionError() > 4e-3 || kinematics[arm].angleError() > 0.06) {
            throw new IllegalStateException("arm " + arm + " cannot reach " + target + ": off by "
                + kinematics[arm].positionError() + " m, " + kinematics[arm].angleError() + " rad");
        }
        System.arraycopy(joints[arm], 0, setpoint, 7 * arm, 6);
        setpoint[7 * arm + 6] = target.openingMetres();
    }
}
