package dev.continuo.recording;

import dev.continuo.config.ActionSpace;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.Profile;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the numbers of an arm are called outside: in the files of others, numbers have names. */
public final class AxisNames {
    private static final List<String> POSE = List.of("x", "y", "z", "rotation_xx", "rotation_xy", "rotation_xz", "rotation_yx", "rotation_yy", "rotation_yz", "gripper");

    private AxisNames() {
    }

    /** An arm's axes: {@code left_joint_1}, ..., {@code left_gripper}; radians, the gripper metres. */
    public static List<String> axes(final ArmProfile arm) {
        return IntStream.range(0, arm.axisCount()).mapToObj(axis -> arm.name() + (axis == arm.axisCount() - 1 ? "_gripper" : "_joint_" + (axis + 1))).toList();
    }

    /** The axes of all arms, in the profile's order. */
    public static List<String> axes(final Profile profile) {
        return profile.arms().stream().flatMap(arm -> axes(arm).stream()).toList();
    }

    /** The columns of chunks: an arm's axes, or its tool's place, two rows of its rotation, and the gripper's opening. */
    public static List<String> columns(final Profile profile) {
        return profile.arms().stream().flatMap(arm -> arm.actions() == ActionSpace.POSE ? pose(arm) : axes(arm).stream()).toList();
    }

    private static Stream<String> pose(final ArmProfile arm) {
        return POSE.stream().map(column -> arm.name() + '_' + column);
    }
}
