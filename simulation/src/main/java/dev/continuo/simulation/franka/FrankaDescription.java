package dev.continuo.simulation.franka;

import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.FrankaLimits;
import dev.continuo.hardware.kinematics.SerialChain;
import java.util.Locale;

/**
 * The robot's own description, URDF, as clients of FCI version 10 fetch it: they take limits from it and compute the dynamics with it (franka-fci.md section 7). The fixed
 * frame {@code link8} is the flange.
 */
final class FrankaDescription {
    private static final double BASE_MASS = 0.629769;

    private FrankaDescription() {
    }

    static String of(final FciVersion version) {
        final SerialChain chain = FrankaLimits.of(version).chain();
        final FrankaLimits limits = FrankaLimits.of(version);
        final StringBuilder urdf = new StringBuilder("<?xml version=\"1.0\" ?>\n<robot name=\"").append(chain.name()).append("\">\n");
        urdf.append(String.format(Locale.ROOT, "  <link name=\"link0\"><inertial><origin xyz=\"-0.041018 -0.00014 0.049974\" rpy=\"0 0 0\"/>"
            + "<mass value=\"%s\"/><inertia ixx=\"0.00315\" ixy=\"8.2904e-07\" ixz=\"0.00015\" iyy=\"0.00388\" iyz=\"8.2299e-06\" "
            + "izz=\"0.004285\"/></inertial></link>%n", BASE_MASS));
        for (int i = 0; i < chain.jointCount(); i++) {
            link(urdf, i, chain.joint(i));
            joint(urdf, i, chain.joint(i), limits);
        }
        final double[] flange = chain.toolOffset();
        urdf.append(String.format(Locale.ROOT, "  <link name=\"link8\"/>%n  <joint name=\"joint8\" type=\"fixed\"><origin rpy=\"0 0 0\" "
            + "xyz=\"%s %s %s\"/><parent link=\"link7\"/><child link=\"link8\"/></joint>%n", flange[0], flange[1], flange[2]));
        return urdf.append("</robot>\n").toString();
    }

    private static void link(final StringBuilder urdf, final int index, final SerialChain.Joint joint) {
        final double[] centre = joint.centre();
        final double[] inertia = joint.inertia();
        urdf.append(String.format(Locale.ROOT, "  <link name=\"link%d\"><inertial><origin xyz=\"%s %s %s\" rpy=\"0 0 0\"/><mass value=\"%s\"/>"
            + "<inertia ixx=\"%s\" ixy=\"%s\" ixz=\"%s\" iyy=\"%s\" iyz=\"%s\" izz=\"%s\"/></inertial></link>%n",
            index + 1, centre[0], centre[1], centre[2], joint.mass(), inertia[0], inertia[1], inertia[2], inertia[3], inertia[4], inertia[5]));
    }

    private static void joint(final StringBuilder urdf, final int index, final SerialChain.Joint joint, final FrankaLimits limits) {
        final double[] origin = joint.origin();
        urdf.append(String.format(Locale.ROOT, "  <joint name=\"joint%1$d\" type=\"revolute\"><origin rpy=\"%2$s 0 0\" xyz=\"%3$s %4$s %5$s\"/>"
            + "<parent link=\"link%6$d\"/><child link=\"link%1$d\"/><axis xyz=\"0 0 1\"/>%n"
            + "    <limit effort=\"%7$s\" lower=\"%8$s\" upper=\"%9$s\" velocity=\"%10$s\"/>%n"
            + "    <position_based_velocity_limits velocity_offset=\"%11$s\" deceleration_limit=\"%12$s\"/>%n  </joint>%n",
            index + 1, joint.rollRadians(), origin[0], origin[1], origin[2], index, FrankaLimits.strongest(index),
            limits.lowest(index), limits.highest(index), limits.fastest(index), limits.velocityOffset(index), limits.deceleration(index)));
    }
}
