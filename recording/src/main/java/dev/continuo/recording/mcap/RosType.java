package dev.continuo.recording.mcap;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A ROS 2 message type.
 *
 * @param name       {@code package/msg/Type}
 * @param definition its fields, as in a {@code .msg} file; types within it by {@code package/Type}
 * @param uses       the types of its fields, as far as they are messages themselves
 */
public record RosType(String name, String definition, List<RosType> uses) {
    /** What MCAP calls the form of {@link #schema()}. */
    public static final String SCHEMA_ENCODING = "ros2msg";

    private static final String SEPARATOR = "=".repeat(80) + "\n";

    /** A type without messages in it. */
    RosType(final String name, final String definition) {
        this(name, definition, List.of());
    }

    /**
     * The definition, followed by those of all types that it needs, each once.
     *
     * @return UTF-8
     */
    public byte[] schema() {
        final Set<RosType> needed = new LinkedHashSet<>();
        collect(needed);
        final StringBuilder text = new StringBuilder(definition);
        for (final RosType type : needed) {
            text.append(SEPARATOR).append("MSG: ").append(type.name.replace("/msg/", "/")).append('\n').append(type.definition);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void collect(final Set<RosType> needed) {
        for (final RosType type : uses) {
            if (needed.add(type)) {
                type.collect(needed);
            }
        }
    }
}
