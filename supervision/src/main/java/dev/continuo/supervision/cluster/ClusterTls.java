package dev.continuo.supervision.cluster;

import com.typesafe.config.Config;
import dev.continuo.config.TlsProfile;
import dev.continuo.supervision.tls.Subject;
import dev.continuo.supervision.tls.TlsFiles;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.agrona.concurrent.SystemNanoClock;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * How the roles know each other: by certificates of one authority that all carry the same common name, so that other certificates of that authority, those of clients for example, do not let anybody into the
 * cluster. Artery makes it from the settings of an actor system.
 */
public final class ClusterTls implements SSLEngineProvider {
    private static final String SECTION = "cluster.tls";
    private static final String AUTHORITY = "authority";
    private static final String SETTINGS = "continuo." + SECTION + '.';
    private static final String COMMON_NAME = "CN";

    private static final Logger LOG = LoggerFactory.getLogger(ClusterTls.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** What the JDK calls the protocol of a session that has not been agreed on. */
    private static final String NO_PROTOCOL = "NONE";

    private final ActorSystem system;
    private final TlsFiles files;
    private final AtomicBoolean toldOfNobody = new AtomicBoolean();
    private final AtomicBoolean toldOfOthers = new AtomicBoolean();

    /**
     * Of the files that the settings name.
     *
     * @throws dev.continuo.config.ProfileException that names a file and what is wrong with it
     */
    public ClusterTls(final ActorSystem system) {
        this.system = system;
        final Config settings = system.settings().config();
        files = open(new TlsProfile(file(settings, "certificate"), file(settings, "key"), Optional.of(file(settings, AUTHORITY))));
    }

    /**
     * Requires the files to be as they should.
     *
     * @throws dev.continuo.config.ProfileException that names one and what is wrong with it
     */
    static void require(final TlsProfile profile) {
        open(profile);
    }

    /** Settings of an actor system whose cluster uses these files. */
    static Map<String, Object> settings(final TlsProfile profile) {
        return Map.of(
            "pekko.remote.artery.transport", "tls-tcp",
            "pekko.remote.artery.ssl.ssl-engine-provider", ClusterTls.class.getName(),
            SETTINGS + "certificate", profile.certificate().toString(),
            SETTINGS + "key", profile.key().toString(),
            SETTINGS + AUTHORITY, profile.authority().orElseThrow().toString());
    }

    private static TlsFiles open(final TlsProfile profile) {
        return TlsFiles.open(SECTION, AUTHORITY, profile, SystemNanoClock.INSTANCE);
    }

    private static Path file(final Config settings, final String key) {
        return Path.of(settings.getString(SETTINGS + key));
    }

    @Override
    public SSLEngine createServerSSLEngine(final String hostname, final int port) {
        final SSLEngine engine = files.server(true);
        system.scheduler().scheduleOnce(PATIENCE, () -> endUnlessKnown(engine, port), system.dispatcher());
        return engine;
    }

    /** What comes in afterwards ends the connection; Artery would wait for the rest of a handshake for ever. */
    private void endUnlessKnown(final SSLEngine engine, final int port) {
        if (engine.getSession().getProtocol().equals(NO_PROTOCOL)) {
            close(engine);
            if (toldOfNobody.compareAndSet(false, true)) {
                LOG.warn("refused somebody at the cluster's port {}: no certificate of its authority within {} s (told once)", port, PATIENCE.toSeconds());
            }
        }
    }

    private static void close(final SSLEngine engine) {
        engine.closeOutbound();
        try {
            engine.closeInbound();
        } catch (final SSLException unfinished) {
            // That is why it is closed.
        }
    }

    @Override
    public SSLEngine createClientSSLEngine(final String hostname, final int port) {
        return files.client();
    }

    @Override
    public Option<Throwable> verifyClientSession(final String hostname, final SSLSession session) {
        return verify(session);
    }

    @Override
    public Option<Throwable> verifyServerSession(final String hostname, final SSLSession session) {
        return verify(session);
    }

    /** That an authority has signed the peer's certificate, the handshake has seen to. */
    private Option<Throwable> verify(final SSLSession session) {
        try {
            final X509Certificate peer = (X509Certificate) session.getPeerCertificates()[0];
            final boolean same = Subject.parts(files.own(), COMMON_NAME).equals(Subject.parts(peer, COMMON_NAME)) && !Subject.parts(peer, COMMON_NAME).isEmpty();
            if (same) {
                return Option.empty();
            }
            final String why = "the certificate of " + peer.getSubjectX500Principal().getName() + " is none of this cluster's, whose common name is " + Subject.parts(files.own(), COMMON_NAME);
            if (toldOfOthers.compareAndSet(false, true)) {
                LOG.warn("refused: {} (told once)", why);
            }
            return Option.apply(new CertificateException(why));
        } catch (final SSLPeerUnverifiedException none) {
            return Option.apply(none);
        }
    }
}
