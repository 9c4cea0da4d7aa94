package dev.continuo.supervision.top;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The newest of what a service's stream says, and how each latency went lately. Fed by one thread, read by any. */
final class ServiceEvents {
    private static final int HISTORY_SECONDS = 40;
    private static final String EVENT = "event: ";
    private static final String DATA = "data: ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> newest = new ConcurrentHashMap<>();
    private final Map<String, Deque<Long>> history = new TreeMap<>();
    private String event = "";

    /** Takes one line of the stream. */
    void line(final String line) {
        if (line.startsWith(EVENT)) {
            event = line.substring(EVENT.length());
        } else if (line.startsWith(DATA)) {
            put(event, line.substring(DATA.length()));
        }
    }

    /** Takes a document that is no event of the stream. */
    void put(final String name, final String json) {
        try {
            final JsonNode document = JSON.readTree(json);
            newest.put(name, document);
            if (name.equals("latency")) {
                remember(document);
            }
        } catch (final JsonProcessingException cutOff) {
            // The connection broke in the middle of it; the next one says it again.
        }
    }

    private synchronized void remember(final JsonNode latencies) {
        for (final JsonNode latency : latencies.path("latencies")) {
            final Deque<Long> past = history.computeIfAbsent(key(latency), key -> new ArrayDeque<>());
            past.addLast(latency.at("/recent/p99").asLong());
            if (past.size() > HISTORY_SECONDS) {
                past.removeFirst();
            }
        }
    }

    private static String key(final JsonNode latency) {
        return latency.path("stage").asText() + ' ' + latency.path("latency").asText();
    }

    /** The newest document of a name; a missing node before the first. */
    JsonNode newest(final String name) {
        final JsonNode document = newest.get(name);
        return document == null ? JSON.missingNode() : document;
    }

    /** The 99th percentiles of a latency in the last seconds, oldest first. */
    synchronized long[] history(final JsonNode latency) {
        return history.getOrDefault(key(latency), new ArrayDeque<>()).stream().mapToLong(Long::longValue).toArray();
    }

    /** Forgets everything: what comes next is of another service. */
    synchronized void clear() {
        newest.clear();
        history.clear();
    }
}
