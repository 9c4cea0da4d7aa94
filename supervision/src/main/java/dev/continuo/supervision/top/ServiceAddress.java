package dev.continuo.supervision.top;

import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.WebProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.util.Optional;

/**
 * Where a profile's service listens for HTTP, for somebody on the same computer.
 *
 * @param root  of all paths
 * @param token what a viewer offers; empty where nothing is asked for
 */
public record ServiceAddress(URI root, Optional<String> token) {

    /**
     * The address of a profile's service.
     *
     * @throws ProfileException if it listens nowhere that is known, or the viewer's token cannot be read
     */
    public static ServiceAddress of(final Profile profile) {
        final WebProfile web = profile.web();
        if (!web.enabled() || web.port() == 0) {
            throw new ProfileException("profile " + profile.name() + " listens nowhere that is known: web.enabled is " + web.enabled() + ", web.port is " + web.port());
        }
        try {
            final String host = web.address().isAnyLocalAddress() ? "127.0.0.1" : web.address().getHostAddress();
            final Optional<String> token = web.viewerToken().isPresent() ? Optional.of(Files.readString(web.viewerToken().get()).strip()) : Optional.empty();
            return new ServiceAddress(URI.create("http://" + host + ':' + web.port()), token);
        } catch (final IOException e) {
            throw new ProfileException("cannot read the viewer's token: " + e.getMessage(), e);
        }
    }

    /** A request for a path. */
    public HttpRequest.Builder request(final String path) {
        final HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path));
        token.ifPresent(offered -> request.header("Authorization", "Bearer " + offered));
        return request;
    }
}
