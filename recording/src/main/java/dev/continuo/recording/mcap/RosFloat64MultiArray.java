package dev.continuo.recording.mcap;

import java.util.List;

/** {@code std_msgs/msg/Float64MultiArray} with one dimension: the reading of a sensor. It has no stamp of its own: the times of the file's message say when. */
public final class RosFloat64MultiArray {
    /** The type. */
    public static final RosType TYPE = new RosType("std_msgs/msg/Float64MultiArray", """
        std_msgs/MultiArrayLayout layout
        float64[] data
        """, List.of(new RosType("std_msgs/msg/MultiArrayLayout", """
        std_msgs/MultiArrayDimension[] dim
        uint32 data_offset
        """, List.of(new RosType("std_msgs/msg/MultiArrayDimension", """
        string label
        uint32 size
        uint32 stride
        """)))));

    private RosFloat64MultiArray() {
    }

    /**
     * Encodes a message.
     *
     * @param to     begun anew
     * @param label  what the values are, such as the sensor's name
     * @param values the values
     */
    public static void write(final CdrWriter to, final String label, final double... values) {
        to.begin().sequence(1).string(label).uint32(values.length).uint32(values.length).uint32(0).float64s(values);
    }
}
