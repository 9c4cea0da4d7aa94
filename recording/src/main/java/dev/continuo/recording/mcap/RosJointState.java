package dev.continuo.recording.mcap;

import java.util.List;

/** {@code sensor_msgs/msg/JointState}: the joints of an arm as measured. */
public final class RosJointState {
    /** The type. */
    public static final RosType TYPE = new RosType("sensor_msgs/msg/JointState", """
        std_msgs/Header header
        string[] name
        float64[] position
        float64[] velocity
        float64[] effort
        """, List.of(RosHeader.TYPE));

    private RosJointState() {
    }

    /**
     * Encodes a message. Each of the three arrays has a value for each joint or, if such values are not known, none.
     *
     * @param to         begun anew
     * @param stampNanos when it was measured, nanoseconds since the epoch
     * @param frameId    mostly empty
     * @param names      the joints
     * @param position   radians or metres
     * @param velocity   per second
     * @param effort     newton metres or newtons
     * @throws IllegalArgumentException if an array has neither as many values as there are joints nor none, or ROS 2 has no room for the stamp
     */
    public static void write(final CdrWriter to, final long stampNanos, final String frameId, final List<String> names,
        final double[] position, final double[] velocity, final double[] effort) {
        requireOneEach(names, "positions", position);
        requireOneEach(names, "velocities", velocity);
        requireOneEach(names, "efforts", effort);
        RosHeader.write(to.begin(), stampNanos, frameId);
        to.strings(names).float64s(position).float64s(velocity).float64s(effort);
    }

    private static void requireOneEach(final List<String> names, final String what, final double[] values) {
        if (values.length != 0 && values.length != names.size()) {
            throw new IllegalArgumentException(values.length + " " + what + " for " + names.size() + " joints");
        }
    }
}
