package dev.continuo.supervision.web;

import com.typesafe.config.ConfigFactory;
import dev.continuo.config.ProfileException;
import dev.continuo.config.WebProfile;
import dev.continuo.supervision.tls.TlsFiles;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Tcp;

/** Listens for HTTP in the role {@code control}. */
public final class WebServer implements AutoCloseable {
    /** Enough for a handshake over a bad wire; browsers that connect in advance connect again. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int BACKLOG = 100;
    /** Small: whoever watches a robot is one of a few, and asks for little. */
    private static final String LIMITS = """
        pekko.http.server {
          server-header = ""
          remote-address-attribute = on
          request-timeout = 10 s
          bind-timeout = 5 s
          linger-timeout = 2 s
          pipelining-limit = 1
          websocket.periodic-keep-alive-max-idle = 10 s
          parsing {
            max-uri-length = 1k
            max-header-count = 32
            max-header-value-length = 4k
            max-content-length = 16k
            illegal-header-warnings = off
            error-logging-verbosity = off
            ssl-session-attribute = on
          }
        }
        """;

    private final Tcp.ServerBinding binding;
    private final Connections connections;

    private WebServer(final Tcp.ServerBinding binding, final Connections connections) {
        this.binding = binding;
        this.connections = connections;
    }

    /**
     * Binds and serves.
     *
     * @throws ProfileException if the address cannot be bound, or a token file, a certificate or its key cannot be used
     */
    public static WebServer start(final ActorSystem<?> system, final WebProfile profile, final WebParts parts) {
        return start(system, profile, parts, PATIENCE);
    }

    /**
     * Binds and serves.
     *
     * @param patience how long after its connection the first request of a client may come
     */
    static WebServer start(final ActorSystem<?> system, final WebProfile profile, final WebParts parts, final Duration patience) {
        final Refusals refusals = new Refusals();
        final WebRoutes routes = new WebRoutes(parts, new Access(profile, profile.address().isLoopbackAddress()), refusals, system);
        final ServerSettings settings = ServerSettings.create(ConfigFactory.parseString(LIMITS).withFallback(system.settings().config()));
        final Optional<TlsFiles> tls = profile.tls().map(files -> TlsFiles.open("web.tls", "clients", files, parts.clock()));
        final Connections connections = new Connections(system, settings, tls, routes::answer, refusals, patience);
        final String address = profile.address().getHostAddress();
        try {
            return new WebServer(Tcp.get(system).bind(address, profile.port(), BACKLOG, List.of(), false, Optional.<Duration>empty())
                .to(Sink.foreach(connections::accept)).run(system).toCompletableFuture().join(), connections);
        } catch (final CompletionException taken) {
            throw new ProfileException("web.port " + profile.port() + " on " + address + " cannot be opened: " + taken.getCause().getMessage(), taken);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return binding.localAddress();
    }

    @Override
    public void close() {
        binding.unbind();
        connections.close();
    }
}
