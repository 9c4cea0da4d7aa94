package dev.continuo.supervision.top;

import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.TlsProfile;
import dev.continuo.config.WebProfile;
import dev.continuo.supervision.tls.Pinned;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where a profile's service listens for HTTP, for somebody on the same computer.
 *
 * @param root  of all paths
 * @param token what a viewer offers; empty where nothing is asked for
 * @param tls   what the service is known by, and the client to the service; empty for plain HTTP
 */
public record ServiceAddress(URI root, Optional<String> token, Optional<SSLContext> tls) {
    /** How long a connection may take to come about. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * The address of a profile's service.
     *
     * @param self the certificate that is shown to the service; empty for none
     * @throws ProfileException if it listens nowhere that is known, or the viewer's token or a certificate cannot be read
     */
    public static ServiceAddress of(final Profile profile, final Optional<TlsProfile> self) {
        final WebProfile web = profile.web();
        if (!web.enabled() || web.port() == 0) {
            throw new ProfileException("profile " + profile.name() + " listens nowhere that is known: web.enabled is " + web.enabled() + ", web.port is " + web.port());
        }
        try {
            final String host = web.address().isAnyLocalAddress() ? "127.0.0.1" : web.address().getHostAddress();
            final Optional<String> token = web.viewerToken().isPresent() ? Optional.of(Files.readString(web.viewerToken().get()).strip()) : Optional.empty();
            return new ServiceAddress(URI.create(web.scheme() + "://" + host + ':' + web.port()), token, web.tls().map(service -> Pinned.to(service, self)));
        } catch (final IOException e) {
            throw new ProfileException("cannot read the viewer's token: " + e.getMessage(), e);
        }
    }

    /** What requests are sent with. */
    public HttpClient client() {
        final HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(PATIENCE);
        tls.ifPresent(client::sslContext);
        return client.build();
    }

    /** A request for a path. */
    public HttpRequest.Builder request(final String path) {
        final HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path));
        token.ifPresent(offered -> request.header("Authorization", "Bearer " + offered));
        return request;
    }
}
