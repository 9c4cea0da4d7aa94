package dev.continuo.supervision.web;

import dev.continuo.supervision.tls.TlsFiles;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.TLSClosing;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.TLS;
import org.apache.pekko.stream.javadsl.TLSPlacebo;
import org.apache.pekko.stream.javadsl.Tcp.IncomingConnection;
import org.apache.pekko.util.ByteString;

/**
 * The connections to the HTTP port: so many, so many of one address, and each with a first request soon, or it ends. What it sends until then decides nothing: TLS and HTTP are both read by what is hung up on
 * after the same time, however slowly its bytes come. Safe for use by any thread.
 */
final class Connections {
    /** Whoever watches a robot is one of a few. */
    static final int MOST = 64;
    /** Leaves room for others when a single computer takes all that it can get. */
    static final int MOST_OF_ONE = 32;

    private static final Duration SILENCE = Duration.ofSeconds(30);
    /** For what was said last to arrive, and for the peer to hang up first. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final ActorSystem<?> system;
    private final ServerSettings settings;
    private final Optional<TlsFiles> tls;
    private final Function<HttpRequest, CompletionStage<HttpResponse>> answers;
    private final Refusals refusals;
    private final Duration patience;
    private final Map<String, Integer> byPeer = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Set<SharedKillSwitch> open = ConcurrentHashMap.newKeySet();

    /**
     * Connections that are answered.
     *
     * @param tls      what they are encrypted with; empty for plain HTTP
     * @param answers  to each request
     * @param patience how long after its connection the first request may come
     */
    Connections(final ActorSystem<?> system, final ServerSettings settings, final Optional<TlsFiles> tls, final Function<HttpRequest, CompletionStage<HttpResponse>> answers,
        final Refusals refusals, final Duration patience) {
        this.system = system;
        this.settings = settings;
        this.tls = tls;
        this.answers = answers;
        this.refusals = refusals;
        this.patience = patience;
    }

    /** Takes a connection, or hangs up on it. */
    void accept(final IncomingConnection connection) {
        final String peer = connection.remoteAddress().getAddress().getHostAddress();
        final int ofPeer = byPeer.merge(peer, 1, Integer::sum);
        final int all = count.incrementAndGet();
        if (ofPeer > MOST_OF_ONE || all > MOST) {
            left(peer);
            refusals.refused(peer, "more than " + (ofPeer > MOST_OF_ONE ? MOST_OF_ONE + " connections of one address" : MOST + " connections"));
            connection.handleWith(Flow.fromSinkAndSource(Sink.cancelled(), Source.<ByteString>empty()), system);
            return;
        }
        new Visit(connection, peer).begin();
    }

    /** Hangs up on everybody. */
    void close() {
        open.forEach(SharedKillSwitch::shutdown);
    }

    private void left(final String peer) {
        count.decrementAndGet();
        byPeer.computeIfPresent(peer, (address, connections) -> connections == 1 ? null : connections - 1);
    }

    /** One connection. */
    private final class Visit {
        private final IncomingConnection connection;
        private final String peer;
        private final SharedKillSwitch end = KillSwitches.shared("http");
        private final AtomicBoolean asked = new AtomicBoolean();
        private final AtomicBoolean spoke = new AtomicBoolean();

        Visit(final IncomingConnection connection, final String peer) {
            this.connection = connection;
            this.peer = peer;
        }

        void begin() {
            open.add(end);
            after(patience, this::endUnlessItAsked);
            requests().join(layers()).join(wire()).run(system);
        }

        private Flow<HttpRequest, HttpResponse, NotUsed> requests() {
            return Flow.of(HttpRequest.class).watchTermination((none, done) -> {
                done.whenComplete((finished, failure) -> tellIfItNeverAsked(failure));
                return none;
            }).mapAsync(1, request -> {
                asked.set(true);
                return answers.apply(request);
            });
        }

        private void endUnlessItAsked() {
            if (!asked.get() && open.contains(end)) {
                final String why = "no request within " + patience.toSeconds() + " s";
                // Browsers connect in advance and say nothing.
                if (spoke.getAndSet(false)) {
                    refusals.refused(peer, why);
                }
                end.abort(new TimeoutException(why));
            }
        }

        private void tellIfItNeverAsked(final Throwable failure) {
            if (spoke.get() && !asked.get()) {
                refusals.refused(peer, "it sent no request" + (failure == null ? "" : ": " + failure.getMessage()));
            }
        }

        private BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> layers() {
            final InetSocketAddress remote = connection.remoteAddress();
            return Http.get(system).serverLayer(settings, Optional.of(remote)).atop(farewell()).atop(encryption()).atop(BidiFlow.bidirectionalIdleTimeout(SILENCE));
        }

        /** Once everything is said the connection ends, whether the peer agrees or not. */
        private BidiFlow<SslTlsOutbound, SslTlsOutbound, SslTlsInbound, SslTlsInbound, NotUsed> farewell() {
            final Flow<SslTlsOutbound, SslTlsOutbound, NotUsed> said = Flow.of(SslTlsOutbound.class).watchTermination((none, done) -> {
                done.whenComplete((finished, failure) -> after(FAREWELL, end::shutdown));
                return none;
            });
            return BidiFlow.fromFlows(said, Flow.of(SslTlsInbound.class));
        }

        private BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> encryption() {
            if (tls.isPresent()) {
                return TLS.create(() -> tls.get().server(false), TLSClosing.eagerClose());
            }
            return BidiFlow.fromFlows(Flow.of(SslTlsOutbound.class), Flow.of(SessionBytes.class).map(SslTlsInbound.class::cast)).atop(TLSPlacebo.getInstance());
        }

        private Flow<ByteString, ByteString, NotUsed> wire() {
            final Flow<ByteString, ByteString, NotUsed> heard = connection.flow().watchTermination((none, done) -> {
                done.whenComplete((finished, failure) -> {
                    open.remove(end);
                    left(peer);
                });
                return none;
            });
            return Flow.of(ByteString.class).via(end.flow()).via(heard).map(bytes -> {
                spoke.set(true);
                return bytes;
            }).via(end.flow());
        }

        private void after(final Duration delay, final Runnable what) {
            system.scheduler().scheduleOnce(delay, what, system.executionContext());
        }
    }
}
