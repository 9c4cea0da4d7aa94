package dev.continuo.recording.export;

import dev.continuo.actors.bus.StreamId;
import dev.continuo.recording.mcap.RosType;

/**
 * A topic of ROS 2 that part of the bus becomes.
 *
 * @param topic  its name, such as {@code /arm/left/measured}
 * @param type   of all its messages
 * @param stream what it is made of
 * @param source which camera, arm or sensor; 0 if there is one only
 */
public record RosChannel(String topic, RosType type, StreamId stream, int source) {
}
