package dev.continuo.supervision.web;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.ws.BinaryMessage;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.http.javadsl.model.ws.WebSocketUpgrade;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * The topics of a cell for the viewer <a href="https://foxglove.dev">Foxglove</a>, live over a WebSocket, by
 * <a href="https://github.com/foxglove/ws-protocol/blob/main/docs/spec.md">its protocol</a>: what is newest, ten times a second, pictures five times. Clients subscribe and do nothing else.
 *
 * <p>A client that sends what it should not is told; one whose message is too long is hung up on. Safe for use by any thread.
 */
final class FoxgloveServer {
    /** Where Foxglove itself comes from: in a browser, and on a desktop if that says anything. */
    static final Set<String> PAGES = Set.of("https://app.foxglove.dev", "file://");
    /** More than people look at one robot; each may cost as much as all its pictures. */
    static final int MOST_CLIENTS = 8;
    /** The longest message of a client. */
    static final int LONGEST_MESSAGE = 64 * 1024;

    /** The same protocol by its newer and by its older name. */
    private static final List<String> PROTOCOLS = List.of("foxglove.sdk.v1", "foxglove.websocket.v1");
    /** Twice as often as there is something new, so that little is missed. */
    private static final Duration PERIOD = Duration.ofMillis(50);
    private static final Duration MESSAGE_PATIENCE = Duration.ofSeconds(5);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MESSAGES_PER_SECOND = 100;
    /** Bounds the number of frames that a message may come in, too. */
    private static final int FRAME_COST = 64;

    private final FoxgloveTopics topics;
    private final Refusals refusals;
    private final String session = Long.toString(System.currentTimeMillis());
    private final AtomicInteger clients = new AtomicInteger();

    FoxgloveServer(final FoxgloveTopics topics, final Refusals refusals) {
        this.topics = topics;
        this.refusals = refusals;
    }

    /** The answer to somebody who may watch: a conversation, or why there is none. */
    HttpResponse answer(final HttpRequest request) {
        final Optional<WebSocketUpgrade> upgrade = request.getAttribute(AttributeKeys.webSocketUpgrade);
        if (upgrade.isEmpty()) {
            return Answers.error(StatusCodes.UPGRADE_REQUIRED, "this is for Foxglove: connect to it by WebSocket");
        }
        final String peer = Requester.of(request).peer();
        final List<String> spoken = StreamSupport.stream(upgrade.get().getRequestedProtocols().spliterator(), false).toList();
        final Optional<String> protocol = PROTOCOLS.stream().filter(spoken::contains).findFirst();
        if (protocol.isEmpty()) {
            return refuse(peer, "a WebSocket must speak " + String.join(" or ", PROTOCOLS));
        }
        if (clients.get() >= MOST_CLIENTS) {
            refusals.refused(peer, "more than " + MOST_CLIENTS + " clients of Foxglove's protocol");
            return Answers.error(StatusCodes.SERVICE_UNAVAILABLE, "there are " + MOST_CLIENTS + " clients already");
        }
        return upgrade.get().handleMessagesWith(Flow.fromMaterializer((materializer, attributes) -> conversation(peer, materializer)), protocol.get());
    }

    private HttpResponse refuse(final String peer, final String why) {
        refusals.refused(peer, why);
        return Answers.error(StatusCodes.BAD_REQUEST, why);
    }

    private Flow<Message, Message, NotUsed> conversation(final String peer, final Materializer materializer) {
        if (clients.incrementAndGet() > MOST_CLIENTS) {
            clients.decrementAndGet();
            return Flow.fromSinkAndSourceCoupled(Sink.cancelled(), Source.empty());
        }
        topics.setClock();
        final FoxgloveSession client = new FoxgloveSession(topics, session, why -> refusals.refused(peer, "over Foxglove's protocol: " + why));
        final Sink<Message, ?> heard = Flow.of(Message.class).throttle(MESSAGES_PER_SECOND, SECOND)
            .mapAsync(1, message -> whole(message, materializer).thenApply(Optional::of).exceptionally(failed -> tooLong(peer)))
            .takeWhile(Optional::isPresent).to(Sink.foreach(message -> client.take(message.get())));
        // A tick that nobody can take is dropped, and with it what is old.
        final Source<Message, ?> said = Source.tick(Duration.ZERO, PERIOD, NotUsed.getInstance()).mapConcat(tick -> client.next());
        return Flow.fromSinkAndSourceCoupled(heard, said).watchTermination((none, ended) -> {
            ended.whenComplete((done, failed) -> clients.decrementAndGet());
            return none;
        });
    }

    private Optional<Message> tooLong(final String peer) {
        refusals.refused(peer, "over Foxglove's protocol: a message longer than " + LONGEST_MESSAGE + " bytes, or one that does not end");
        return Optional.empty();
    }

    private static CompletionStage<Message> whole(final Message message, final Materializer materializer) {
        if (message.isText()) {
            return message.asTextMessage().getStreamedText().completionTimeout(MESSAGE_PATIENCE).limitWeighted(LONGEST_MESSAGE, text -> (long) FRAME_COST + text.length())
                .runFold("", String::concat, materializer).thenApply(TextMessage::create);
        }
        return message.asBinaryMessage().getStreamedData().completionTimeout(MESSAGE_PATIENCE).limitWeighted(LONGEST_MESSAGE, bytes -> (long) FRAME_COST + bytes.size())
            .runFold(ByteString.emptyByteString(), ByteString::concat, materializer).thenApply(BinaryMessage::create);
    }
}
