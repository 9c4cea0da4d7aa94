package dev.continuo.recording.mcap;

/** {@code builtin_interfaces/msg/Time} and {@code Duration}, which share a form: whole seconds, rounded down, and the nanoseconds beyond. */
final class RosTime {
    static final RosType TIME = new RosType("builtin_interfaces/msg/Time", """
        int32 sec
        uint32 nanosec
        """);
    static final RosType DURATION = new RosType("builtin_interfaces/msg/Duration", TIME.definition());

    private static final long SECOND_NANOS = 1_000_000_000L;

    private RosTime() {
    }

    /** @throws IllegalArgumentException if the seconds do not fit, as after January 2038 */
    static void write(final CdrWriter to, final long nanos) {
        final long seconds = Math.floorDiv(nanos, SECOND_NANOS);
        if (seconds != (int) seconds) {
            throw new IllegalArgumentException("ROS 2 has no room for a time of " + nanos + " ns");
        }
        to.uint32(seconds).uint32(Math.floorMod(nanos, SECOND_NANOS));
    }
}
