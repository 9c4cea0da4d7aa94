package dev.continuo.recording.mcap;

import java.util.Map;

/** One ROS 2 topic in an MCAP file. */
public final class RosTopic {
    private static final String MESSAGE_ENCODING = "cdr";
    /** The profile asks for the entry; empty means that nobody knows, and rosbag2 plays with its defaults. */
    private static final Map<String, String> QUALITY_OF_SERVICE = Map.of("offered_qos_profiles", "");

    private final McapWriter file;
    private final int channelId;

    private RosTopic(final McapWriter file, final int channelId) {
        this.file = file;
        this.channelId = channelId;
    }

    /**
     * Opens a topic, and makes its type known to the file if need be.
     *
     * @param file where its messages will be
     * @param name such as {@code /joint_states}
     * @param type of all its messages
     * @return the topic
     */
    public static RosTopic in(final McapWriter file, final String name, final RosType type) {
        final int schemaId = file.schema(type.name(), RosType.SCHEMA_ENCODING, type.schema());
        return new RosTopic(file, file.channel(name, schemaId, MESSAGE_ENCODING, QUALITY_OF_SERVICE));
    }

    /**
     * Adds a message. Errors and units as with {@link McapWriter#message}.
     *
     * @param sequence         the publisher's count
     * @param logTimeNanos     when it was recorded, nanoseconds since the epoch
     * @param publishTimeNanos when it was published, likewise
     * @param message          of the topic's type
     */
    public void write(final long sequence, final long logTimeNanos, final long publishTimeNanos, final CdrWriter message) {
        file.message(channelId, sequence, logTimeNanos, publishTimeNanos, message.buffer(), 0, message.length());
    }
}
