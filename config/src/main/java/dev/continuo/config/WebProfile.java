package dev.continuo.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the role {@code control} can be watched and operated over HTTP.
 *
 * @param enabled      whether it listens at all
 * @param address      the address it binds to: loopback unless told otherwise
 * @param port         TCP port; 0 takes any free one
 * @param viewerToken  the file with the token of those who may watch; without one, and without certificates of clients, everybody who can reach the port may
 * @param operatorToken the file with the token of those who may also give instructions and release the emergency stop; without one, and without certificates of clients, those who may watch
 * @param tls          how it is encrypted, with an authority if clients have certificates; empty for plain HTTP
 */
public record WebProfile(boolean enabled, InetAddress address, int port, Optional<Path> viewerToken, Optional<Path> operatorToken, Optional<TlsProfile> tls) {
    /** Listens nowhere. */
    public static final WebProfile OFF = new WebProfile(false, InetAddress.getLoopbackAddress(), 0, Optional.empty(), Optional.empty(), Optional.empty());

    /** Listens without encryption, to everybody who can reach it. */
    public static WebProfile plain(final InetAddress address, final int port) {
        return new WebProfile(true, address, port, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same with other tokens. */
    public WebProfile withTokens(final Optional<Path> viewer, final Optional<Path> operator) {
        return new WebProfile(enabled, address, port, viewer, operator, tls);
    }

    /** The same, encrypted. */
    public WebProfile withTls(final TlsProfile other) {
        return new WebProfile(enabled, address, port, viewerToken, operatorToken, Optional.of(other));
    }

    /** How addresses of the service begin. */
    public String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    /** Whether clients may show who they are by a certificate. */
    public boolean asksForCertificates() {
        return tls.flatMap(TlsProfile::authority).isPresent();
    }
}
