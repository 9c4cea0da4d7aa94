package dev.continuo.supervision.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.http.javadsl.model.ws.BinaryMessage;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.util.ByteString;

/**
 * One client of Foxglove's protocol: what it subscribed to, and what it is sent next. Safe for use by any thread.
 *
 * <p>What is sent is looked up when it can be sent: for a client that takes its messages slowly nothing piles up, and it gets the newest when it asks again.
 */
final class FoxgloveSession {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_REPLIES = 32;
    private static final int LONGEST_QUOTE = 40;
    private static final byte MESSAGE_DATA = 1;
    private static final int DATA_HEADER_BYTES = 1 + Integer.BYTES + Long.BYTES;
    private static final long MOST_ID = 0xFFFF_FFFFL;

    private final FoxgloveTopics topics;
    private final Consumer<String> complaints;
    private final Deque<String> replies = new ArrayDeque<>();
    private final Map<Long, Subscription> subscriptions = new LinkedHashMap<>();

    /** A subscription: its topic, and what was sent last. */
    private static final class Subscription {
        private final int topic;
        private FoxgloveTopics.Sample sent;

        private Subscription(final int topic) {
            this.topic = topic;
        }
    }

    /**
     * A client that has just connected.
     *
     * @param session    of the server, for {@link FoxgloveText#serverInfo}
     * @param complaints told of each kind of thing that it does wrong, in words that are not its own
     */
    FoxgloveSession(final FoxgloveTopics topics, final String session, final Consumer<String> complaints) {
        this.topics = topics;
        this.complaints = complaints;
        replies.add(FoxgloveText.serverInfo("continuo " + topics.cell(), session));
        replies.add(FoxgloveText.advertise(topics));
    }

    /** What the client says, whole. */
    synchronized void take(final Message message) {
        if (!message.isText()) {
            complain("data was sent, but this service takes none", "");
            return;
        }
        try {
            final JsonNode said = JSON.readTree(message.asTextMessage().getStrictText());
            switch (said.path("op").asText()) {
                case "subscribe" -> said.path("subscriptions").forEach(this::subscribe);
                case "unsubscribe" -> said.path("subscriptionIds").forEach(this::unsubscribe);
                case "" -> complain("a message without an operation", "");
                default -> complain("an operation that is not offered", said.path("op").asText());
            }
        } catch (final JsonProcessingException noJson) {
            complain("a message that is no JSON", "");
        }
    }

    private void subscribe(final JsonNode wanted) {
        final long id = number(wanted.path("id"));
        final int topic = (int) Math.min(number(wanted.path("channelId")), Integer.MAX_VALUE);
        if (id < 0 || !topics.live().contains(topic)) {
            complain("a subscription to a channel that does not exist", wanted.path("channelId").asText());
        } else if (subscriptions.containsKey(id) || subscriptions.values().stream().anyMatch(there -> there.topic == topic)) {
            complain("a second subscription with the same number or to the same channel", wanted.path("id").asText());
        } else {
            subscriptions.put(id, new Subscription(topic));
        }
    }

    private void unsubscribe(final JsonNode id) {
        if (subscriptions.remove(number(id)) == null) {
            complain("the end of a subscription that does not exist", id.asText());
        }
    }

    /** @return -1 if it is none that the protocol has room for */
    private static long number(final JsonNode told) {
        return told.isIntegralNumber() && told.canConvertToLong() && told.asLong() >= 0 && told.asLong() <= MOST_ID ? told.asLong() : -1;
    }

    /** @param what the client's own word for it, told to nobody else */
    private void complain(final String why, final String what) {
        complaints.accept(why);
        if (replies.size() == MOST_REPLIES) {
            replies.removeFirst();
        }
        replies.add(FoxgloveText.status(what.isEmpty() ? why : why + ": " + what.substring(0, Math.min(what.length(), LONGEST_QUOTE))));
    }

    /** All that is to be sent by now. */
    synchronized List<Message> next() {
        final List<Message> all = new ArrayList<>();
        replies.forEach(reply -> all.add(TextMessage.create(reply)));
        replies.clear();
        subscriptions.forEach((id, subscription) -> topics.newest(subscription.topic).filter(newest -> newest != subscription.sent).ifPresent(newest -> {
            subscription.sent = newest;
            all.add(data(id, newest));
        }));
        return all;
    }

    private static Message data(final long subscription, final FoxgloveTopics.Sample sample) {
        final ByteBuffer header = ByteBuffer.allocate(DATA_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MESSAGE_DATA).putInt((int) subscription).putLong(sample.publishedAtEpochNanos());
        return BinaryMessage.create(ByteString.fromArrayUnsafe(header.array()).concat(sample.cdr()));
    }
}
