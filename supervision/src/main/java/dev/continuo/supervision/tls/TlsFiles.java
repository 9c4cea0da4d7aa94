package dev.continuo.supervision.tls;

import dev.continuo.config.ProfileException;
import dev.continuo.config.TlsProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.agrona.concurrent.NanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificate, key and authority of a listener, as its files hold them now: what is renewed on disk is used for the next connection, some seconds later. If what is there then cannot be used, that is
 * logged and what was read before stays. Safe for use by any thread.
 */
public final class TlsFiles {
    private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** Who lost a certificate must not go on for ever with what was agreed while it was good. */
    private static final int SESSION_SECONDS = 600;
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final String section;
    private final String peers;
    private final TlsProfile profile;
    private final NanoClock clock;
    private String stamp;
    private Credentials credentials;
    private SSLContext context;
    private long lookedNanos;

    private TlsFiles(final String section, final String peers, final TlsProfile profile, final NanoClock clock) {
        this.section = section;
        this.peers = peers;
        this.profile = profile;
        this.clock = clock;
        stamp = stamp();
        use(Credentials.read(section, profile, peers));
        lookedNanos = clock.nanoTime();
    }

    /**
     * Reads the files for the first time.
     *
     * @param section the profile's section, for messages: {@code web.tls}
     * @param peers   the key in that section that names the authority
     * @throws ProfileException that names the key, the file, and what is wrong with it
     */
    public static TlsFiles open(final String section, final String peers, final TlsProfile profile, final NanoClock clock) {
        return new TlsFiles(section, peers, profile, clock);
    }

    /**
     * An engine for a connection that came in.
     *
     * @param insists whether a peer without a certificate is refused; one with a bad certificate always is
     */
    public SSLEngine server(final boolean insists) {
        final SSLEngine engine = engine(newest().createSSLEngine());
        engine.setUseClientMode(false);
        if (insists) {
            engine.setNeedClientAuth(true);
        } else if (profile.authority().isPresent()) {
            engine.setWantClientAuth(true);
        }
        return engine;
    }

    /** An engine for a connection to a peer. Names are not compared: whoever uses it says whom the peer's certificate must name. */
    public SSLEngine client() {
        final SSLEngine engine = engine(newest().createSSLEngine());
        engine.setUseClientMode(true);
        return engine;
    }

    /** The own certificate. */
    public synchronized X509Certificate own() {
        return credentials.chain().getFirst();
    }

    private static SSLEngine engine(final SSLEngine engine) {
        engine.setEnabledProtocols(PROTOCOLS);
        engine.setEnabledCipherSuites(Stream.of(engine.getSupportedCipherSuites()).filter(TlsFiles::isStrong).toArray(String[]::new));
        return engine;
    }

    /** With a key that is agreed anew for each session, and encryption that also authenticates: all of TLS 1.3, some of 1.2. */
    private static boolean isStrong(final String suite) {
        return !suite.contains("_WITH_") && suite.startsWith("TLS_") && !suite.endsWith("_SCSV")
            || suite.startsWith("TLS_ECDHE_") && (suite.contains("_GCM_") || suite.contains("_CHACHA20_"));
    }

    private synchronized SSLContext newest() {
        final long now = clock.nanoTime();
        if (now - lookedNanos > LOOK_NANOS) {
            lookedNanos = now;
            final String found = stamp();
            if (!found.equals(stamp)) {
                stamp = found;
                renew();
            }
        }
        return context;
    }

    private void renew() {
        try {
            use(Credentials.read(section, profile, peers));
            LOG.info("{} was renewed: {} is valid until {}", section, profile.certificate(), credentials.chain().getFirst().getNotAfter().toInstant());
        } catch (final ProfileException unusable) {
            LOG.warn("{} has changed and cannot be used, what was read before stays: {}", section, unusable.getMessage());
        }
    }

    private void use(final Credentials read) {
        credentials = read;
        context = read.context();
        context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
    }

    /** Looks different after a file was written. */
    private String stamp() {
        final StringBuilder seen = new StringBuilder();
        for (final Path file : Stream.concat(Stream.of(profile.certificate(), profile.key()), profile.authority().stream()).toList()) {
            try {
                seen.append(Files.getLastModifiedTime(file)).append(' ').append(Files.size(file)).append(' ');
            } catch (final IOException gone) {
                seen.append("- ");
            }
        }
        return seen.toString();
    }
}
