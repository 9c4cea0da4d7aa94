package dev.continuo.supervision.web;

import dev.continuo.recording.export.RosChannel;
import dev.continuo.recording.mcap.RosType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What a server says to Foxglove in words, as JSON, by <a href="https://github.com/foxglove/ws-protocol/blob/main/docs/spec.md">the protocol</a>. Subscriptions are answered by data instead.
 */
final class FoxgloveText {
    private static final int WARNING = 1;

    private FoxgloveText() {
    }

    /**
     * Who the server is. It can do nothing that a client could ask for beyond subscribing.
     *
     * @param session changes when the service was started anew
     */
    static String serverInfo(final String name, final String session) {
        return Answers.write(Map.of("op", "serverInfo", "name", name, "capabilities", List.of(), "metadata", Map.of(), "sessionId", session));
    }

    /** What can be subscribed to. */
    static String advertise(final FoxgloveTopics topics) {
        return Answers.write(Map.of("op", "advertise", "channels", topics.live().stream().map(topic -> channel(topic, topics.channel(topic))).toList()));
    }

    private static Map<String, Object> channel(final int id, final RosChannel channel) {
        return Map.of("id", id, "topic", channel.topic(), "encoding", "cdr", "schemaName", channel.type().name(),
            "schema", new String(channel.type().schema(), StandardCharsets.UTF_8), "schemaEncoding", RosType.SCHEMA_ENCODING);
    }

    /** What a client does wrong. */
    static String status(final String why) {
        return Answers.write(Map.of("op", "status", "level", WARNING, "message", why));
    }
}
