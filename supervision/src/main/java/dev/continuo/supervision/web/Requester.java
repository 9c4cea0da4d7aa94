package dev.continuo.supervision.web;

import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.model.headers.Authorization;
import org.apache.pekko.http.javadsl.model.headers.BasicHttpCredentials;

/**
 * What a request says of where it comes from.
 *
 * @param peer   the address that it came from
 * @param token  the bearer token, or the password if a browser asked its user; empty if there is none
 * @param typed  the token that stands in the address as {@code ?token=}: whoever made the request knew it; empty if there is none
 * @param certified what the certificate of its connection allows; empty if there is none
 * @param self   the host that it names, with the port if it gives one
 * @param origin scheme, host and port of the page that made it; empty if it was no page
 * @param accept the formats that it takes; empty if it does not say
 */
record Requester(String peer, Optional<String> token, Optional<String> typed, Optional<Certified> certified, String self, Optional<String> origin, String accept) {
    private static final String TOKEN = "token=";

    /** Reads the headers. */
    static Requester of(final HttpRequest request) {
        final String peer = request.getAttribute(AttributeKeys.remoteAddress).flatMap(RemoteAddress::getAddress).map(InetAddress::getHostAddress).orElse("unknown");
        return new Requester(peer, request.getHeader(Authorization.class).map(Requester::token),
            request.getUri().rawQueryString().flatMap(Requester::typed), Certified.of(request), value(request, "Host").orElse(""), value(request, "Origin"), value(request, "Accept").orElse(""));
    }

    /** The host that it names, without the port. */
    String host() {
        return self.replaceFirst(":\\d+$", "");
    }

    /** Whether a page made it that is not one of this service's. */
    boolean isOfOtherPage() {
        return origin.filter(page -> !page.replaceFirst("^https?://", "").equals(self)).isPresent();
    }

    /** The same with the token that stands in the address, if there is one, in place of its own. */
    Requester offeringTyped() {
        return new Requester(peer, typed.or(this::token), typed, certified, self, origin, accept);
    }

    /** The same with nothing but the token that stands in the address: what a browser adds by itself does not count. */
    Requester offeringTypedAlone() {
        return new Requester(peer, typed, typed, Optional.empty(), self, origin, accept);
    }

    private static Optional<String> typed(final String query) {
        return Stream.of(query.split("&")).filter(part -> part.startsWith(TOKEN)).findFirst().flatMap(part -> decoded(part.substring(TOKEN.length())));
    }

    private static Optional<String> decoded(final String text) {
        try {
            // Tokens are made by base64: their plus signs are meant as such.
            return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (final IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static String token(final Authorization authorization) {
        return authorization.credentials() instanceof BasicHttpCredentials basic ? basic.password() : authorization.credentials().token();
    }

    private static Optional<String> value(final HttpRequest request, final String name) {
        return request.getHeader(name).map(HttpHeader::value);
    }
}
