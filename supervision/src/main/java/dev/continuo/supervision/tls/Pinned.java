package dev.continuo.supervision.tls;

import dev.continuo.config.TlsProfile;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes one certificate and no other, whoever signed it and whatever address it names: for clients that have the file which the service shows, and reach it as 127.0.0.1.
 */
public final class Pinned extends X509ExtendedTrustManager {
    private final X509Certificate certificate;

    private Pinned(final X509Certificate certificate) {
        this.certificate = certificate;
    }

    /**
     * What a client talks to a service with.
     *
     * @param service the section {@code web.tls} of the service's profile
     * @param self    the client's own certificate and key; empty if it shows none
     * @throws dev.continuo.config.ProfileException that names a file and what is wrong with it
     */
    public static SSLContext to(final TlsProfile service, final Optional<TlsProfile> self) {
        final TrustManager[] trust = {new Pinned(PemFile.certificates("web.tls.certificate", service.certificate()).getFirst())};
        try {
            return Credentials.context(self.isPresent() ? Credentials.read("client", self.get(), "").keys() : null, trust);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("the JDK must be able to speak TLS", e);
        }
    }

    private void require(final X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !chain[0].equals(certificate)) {
            throw new CertificateException("this is not the certificate in web.tls.certificate");
        }
        chain[0].checkValidity();
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String kind, final SSLEngine engine) throws CertificateException {
        require(chain);
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String kind, final Socket socket) throws CertificateException {
        require(chain);
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String kind) throws CertificateException {
        require(chain);
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String kind, final SSLEngine engine) throws CertificateException {
        require(chain);
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String kind, final Socket socket) throws CertificateException {
        require(chain);
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String kind) throws CertificateException {
        require(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
