/**
 * MCAP files with ROS 2 messages in them, for Foxglove, rosbag2 and all that reads either: the container ({@link dev.continuo.recording.mcap.McapWriter}, by
 * <a href="https://mcap.dev/spec">its specification</a>), the encoding of messages ({@link dev.continuo.recording.mcap.CdrWriter}) and the message types that
 * are exported ({@code Ros...}). Nothing here knows what Continuo's own messages look like.
 */
package dev.continuo.recording.mcap;
