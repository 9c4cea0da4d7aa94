package dev.continuo.supervision.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Believes everybody: to look at what a service shows. */
public final class AnyCertificate extends X509ExtendedTrustManager {
    /** One of them. */
    public AnyCertificate() {
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String kind, final SSLEngine engine) {
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String kind, final Socket socket) {
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String kind) {
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String kind, final SSLEngine engine) {
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String kind, final Socket socket) {
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String kind) {
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
