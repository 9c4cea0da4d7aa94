package dev.continuo.recording.mcap;

import java.util.List;

/** {@code std_msgs/msg/Header}: when and in which frame of coordinates. */
final class RosHeader {
    static final RosType TYPE = new RosType("std_msgs/msg/Header", """
        builtin_interfaces/Time stamp
        string frame_id
        """, List.of(RosTime.TIME));

    private RosHeader() {
    }

    static void write(final CdrWriter to, final long stampNanos, final String frameId) {
        RosTime.write(to, stampNanos);
        to.string(frameId);
    }
}
