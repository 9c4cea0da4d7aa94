package dev.continuo.recording.mcap;

import java.util.List;

/** {@code rcl_interfaces/msg/Log}: something that an operator should know. */
public final class RosLog {
    /** The type. */
    public static final RosType TYPE = new RosType("rcl_interfaces/msg/Log", """
        byte DEBUG=10
        byte INFO=20
        byte WARN=30
        byte ERROR=40
        byte FATAL=50
        builtin_interfaces/Time stamp
        uint8 level
        string name
        string msg
        string file
        string function
        uint32 line
        """, List.of(RosTime.TIME));

    /** How serious it is. */
    public enum Level {
        /** Of use to developers. */
        DEBUG(10),
        /** As it should be. */
        INFO(20),
        /** Not as it should be. */
        WARN(30),
        /** Something failed. */
        ERROR(40),
        /** Nothing goes on. */
        FATAL(50);

        private final int code;

        Level(final int code) {
            this.code = code;
        }
    }

    private RosLog() {
    }

    /**
     * Encodes a message that names no line of source.
     *
     * @param to         begun anew
     * @param stampNanos when it happened, nanoseconds since the epoch
     * @param level      how serious it is
     * @param source     who says so
     * @param text       what happened
     * @throws IllegalArgumentException if ROS 2 has no room for the stamp
     */
    public static void write(final CdrWriter to, final long stampNanos, final Level level, final String source, final String text) {
        RosTime.write(to.begin(), stampNanos);
        to.uint8(level.code).string(source).string(text).string("").string("").uint32(0);
    }
}
