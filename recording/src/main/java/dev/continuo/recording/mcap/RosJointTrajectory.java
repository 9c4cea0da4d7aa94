package dev.continuo.recording.mcap;

import java.util.List;

/** {@code trajectory_msgs/msg/JointTrajectory}: a chunk of set-points at even intervals. */
public final class RosJointTrajectory {
    /** The type. */
    public static final RosType TYPE = new RosType("trajectory_msgs/msg/JointTrajectory", """
        std_msgs/Header header
        string[] joint_names
        trajectory_msgs/JointTrajectoryPoint[] points
        """, List.of(RosHeader.TYPE, new RosType("trajectory_msgs/msg/JointTrajectoryPoint", """
        float64[] positions
        float64[] velocities
        float64[] accelerations
        float64[] effort
        builtin_interfaces/Duration time_from_start
        """, List.of(RosTime.DURATION))));

    private RosJointTrajectory() {
    }

    /**
     * Encodes a message. Row 0 is meant for the stamp itself.
     *
     * @param to          begun anew
     * @param stampNanos  the moment of row 0, nanoseconds since the epoch
     * @param frameId     mostly empty
     * @param names       the joints
     * @param periodNanos from a row to the next
     * @param positions   row after row, one value a joint: radians or metres
     * @throws IllegalArgumentException if the last row is not whole, or ROS 2 has no room for a time
     */
    public static void write(final CdrWriter to, final long stampNanos, final String frameId, final List<String> names, final long periodNanos,
        final float[] positions) {
        final int columns = names.size();
        if (columns == 0 || positions.length % columns != 0) {
            throw new IllegalArgumentException(positions.length + " positions make no rows of " + columns + " joints");
        }
        RosHeader.write(to.begin(), stampNanos, frameId);
        final int rows = positions.length / columns;
        to.strings(names).sequence(rows);
        for (int row = 0; row < rows; row++) {
            to.sequence(columns);
            for (int column = 0; column < columns; column++) {
                to.float64(positions[row * columns + column]);
            }
            to.float64s().float64s().float64s();
            RosTime.write(to, row * periodNanos);
        }
    }
}
