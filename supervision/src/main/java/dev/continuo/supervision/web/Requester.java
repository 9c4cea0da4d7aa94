package dev.continuo.supervision.web;

import java.net.InetAddress;
import java.util.Optional;
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
 * @param self   the host that it names, with the port if it gives one
 * @param origin host and port of the page that made it; empty if it was no page
 * @param accept the formats that it takes; empty if it does not say
 */
record Requester(String peer, Optional<String> token, String self, Optional<String> origin, String accept) {

    /** Reads the headers. */
    static Requester of(final HttpRequest request) {
        final String peer = request.getAttribute(AttributeKeys.remoteAddress).flatMap(RemoteAddress::getAddress).map(InetAddress::getHostAddress).orElse("unknown");
        return new Requester(peer, request.getHeader(Authorization.class).map(Requester::token), value(request, "Host").orElse(""),
            value(request, "Origin").map(origin -> origin.replaceFirst("^https?://", "")), value(request, "Accept").orElse(""));
    }

    /** The host that it names, without the port. */
    String host() {
        return self.replaceFirst(":\\d+$", "");
    }

    private static String token(final Authorization authorization) {
        return authorization.credentials() instanceof BasicHttpCredentials basic ? basic.password() : authorization.credentials().token();
    }

    private static Optional<String> value(final HttpRequest request, final String name) {
        return request.getHeader(name).map(HttpHeader::value);
    }
}
