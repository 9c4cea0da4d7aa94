package dev.continuo.supervision.web;

import com.typesafe.config.ConfigFactory;
import dev.continuo.config.ProfileException;
import dev.continuo.config.WebProfile;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/** Listens for HTTP in the role {@code control}. */
public final class WebServer implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofMillis(200);
    /** Small: whoever watches a robot is one of a few, and asks for little. */
    private static final String LIMITS = """
        pekko.http.server {
          server-header = ""
          remote-address-attribute = on
          max-connections = 64
          idle-timeout = 30 s
          request-timeout = 10 s
          bind-timeout = 5 s
          pipelining-limit = 1
          websocket.periodic-keep-alive-max-idle = 10 s
          parsing {
            max-uri-length = 1k
            max-header-count = 32
            max-header-value-length = 4k
            max-content-length = 16k
            illegal-header-warnings = off
            error-logging-verbosity = off
          }
        }
        """;

    private final ServerBinding binding;

    private WebServer(final ServerBinding binding) {
        this.binding = binding;
    }

    /**
     * Binds and serves.
     *
     * @throws ProfileException if the address cannot be bound or a token file cannot be used
     */
    public static WebServer start(final ActorSystem<?> system, final WebProfile profile, final WebParts parts) {
        final WebRoutes routes = new WebRoutes(parts, new Access(profile, profile.address().isLoopbackAddress()), system);
        final ServerSettings settings = ServerSettings.create(ConfigFactory.parseString(LIMITS).withFallback(system.settings().config()));
        final String address = profile.address().getHostAddress();
        try {
            return new WebServer(Http.get(system).newServerAt(address, profile.port()).withSettings(settings).bind(routes::answer).toCompletableFuture().join());
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
        binding.terminate(CLOSE_PATIENCE);
    }
}
