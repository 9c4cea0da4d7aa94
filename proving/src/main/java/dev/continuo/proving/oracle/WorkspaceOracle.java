package dev.continuo.proving.oracle;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.AxisLimits;
import dev.continuo.simulation.physics.ArmDynamics;
import dev.continuo.simulation.physics.ArmModel;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges where the tool and the links of a commanded ARX arm are, by the kinematics of the simulated arm, which are not the envelope's. An arm that was outside its workspace when it was armed may be so far outside, and no
 * farther.
 */
final class WorkspaceOracle {
    /** The tool may touch the floor, the links may not: they are as thick as this. */
    private static final double LINK_RADIUS = 0.03;
    private static final int[] LINKS = {2, 3, 5};
    private static final double ROUNDING = 1e-6;
    private static final String[] BOUNDS = {"behind min-x", "beyond max-x", "behind min-y", "beyond max-y", "below min-z", "above max-z", "with its elbow too low", "with its wrist too low", "with its flange too low"};

    private final AxisLimits.Workspace box;
    private final ArmProfile arm;
    private final ArmDynamics links;
    private final double[] joints = new double[ArmModel.JOINTS];
    private final double[] outside = new double[BOUNDS.length];
    private final double[] allowed = new double[BOUNDS.length];

    WorkspaceOracle(final ArmProfile arm) {
        this.arm = arm;
        box = arm.limits().workspace();
        links = new ArmDynamics(ArmModel.named(arm.arx().model()));
    }

    /** The arm was armed there. */
    void begin(final double[] position) {
        measure(position);
        for (int bound = 0; bound < outside.length; bound++) {
            allowed[bound] = Math.max(0, outside[bound]);
        }
    }

    /** What is wrong with a command, if anything is. */
    Optional<String> judge(final double[] position) {
        measure(position);
        for (int bound = 0; bound < outside.length; bound++) {
            if (outside[bound] > allowed[bound] + ROUNDING) {
                return Optional.of(String.format(Locale.ROOT, "%s is sent %s by %.5f m, at %s", arm.name(), BOUNDS[bound], outside[bound], Arrays.toString(position)));
            }
        }
        return Optional.empty();
    }

    private void measure(final double[] position) {
        System.arraycopy(position, 0, joints, 0, joints.length);
        links.update(joints);
        final double[] tool = links.origin(ArmDynamics.TOOL);
        final double cos = Math.cos(arm.base().yawRadians());
        final double sin = Math.sin(arm.base().yawRadians());
        final double x = arm.base().x() + cos * tool[0] - sin * tool[1];
        final double y = arm.base().y() + sin * tool[0] + cos * tool[1];
        final double z = arm.base().z() + tool[2];
        outside[0] = box.minX() - x;
        outside[1] = x - box.maxX();
        outside[2] = box.minY() - y;
        outside[3] = y - box.maxY();
        outside[4] = box.minZ() - z;
        outside[5] = z - box.maxZ();
        for (int i = 0; i < LINKS.length; i++) {
            outside[6 + i] = box.minZ() + LINK_RADIUS - arm.base().z() - links.origin(LINKS[i])[2];
        }
    }
}
