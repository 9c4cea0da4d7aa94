package dev.continuo.supervision.web;

import dev.continuo.supervision.tls.Subject;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.SslSessionInfo;

/** What a client's certificate lets it do. That the certificate is good, TLS has seen to before. */
enum Certified {
    /** Watch: any certificate of the clients' authority. */
    VIEWER,
    /** Also ask for something: one whose subject is of the organizational unit {@code operator}. */
    OPERATOR;

    private static final String UNIT = "OU";

    /** What the certificate of a request's connection allows; empty if there is none. */
    static Optional<Certified> of(final HttpRequest request) {
        return request.getAttribute(AttributeKeys.sslSession).map(SslSessionInfo::getSession).flatMap(Certified::of);
    }

    private static Optional<Certified> of(final SSLSession session) {
        try {
            return Optional.of(of((X509Certificate) session.getPeerCertificates()[0]));
        } catch (final SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    private static Certified of(final X509Certificate certificate) {
        return Subject.parts(certificate, UNIT).stream().anyMatch(OPERATOR.name()::equalsIgnoreCase) ? OPERATOR : VIEWER;
    }
}
