package dev.continuo.recording.mcap;

/** {@code std_msgs/msg/String}: plain text, such as an instruction. */
public final class RosString {
    /** The type. */
    public static final RosType TYPE = new RosType("std_msgs/msg/String", """
        string data
        """);

    private RosString() {
    }

    /**
     * Encodes a message.
     *
     * @param to   begun anew
     * @param text the text
     */
    public static void write(final CdrWriter to, final String text) {
        to.begin().string(text);
    }
}
