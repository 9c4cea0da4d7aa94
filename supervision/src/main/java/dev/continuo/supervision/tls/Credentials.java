package dev.continuo.supervision.tls;

import dev.continuo.config.ProfileException;
import dev.continuo.config.TlsProfile;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * What the files of a {@link TlsProfile} hold, once it is known that they fit each other.
 *
 * @param chain     the own certificate, and those that lead to its authority
 * @param key       the own certificate's
 * @param authority whose signature makes a peer's certificate good; empty if peers show none
 */
record Credentials(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> authority) {
    private static final char[] IN_MEMORY = {};

    /**
     * Reads the files.
     *
     * @param section the profile's section, for messages: {@code web.tls}
     * @param peers   the key in that section that names the authority
     * @throws ProfileException that names the key, the file, and what is wrong with it
     */
    static Credentials read(final String section, final TlsProfile profile, final String peers) {
        final List<X509Certificate> chain = PemFile.certificates(section + ".certificate", profile.certificate());
        requireValid(section + ".certificate " + profile.certificate(), chain.getFirst());
        final PrivateKey key = PemFile.key(section + ".key", profile.key(), chain.getFirst());
        if (!fits(key, chain.getFirst().getPublicKey())) {
            throw new ProfileException(section + ".key " + profile.key() + " is not the key of the certificate in " + profile.certificate());
        }
        return new Credentials(chain, key, profile.authority().map(file -> PemFile.certificates(section + '.' + peers, file)).orElse(List.of()));
    }

    private static void requireValid(final String what, final X509Certificate certificate) {
        try {
            certificate.checkValidity();
        } catch (final CertificateExpiredException expired) {
            throw new ProfileException(what + " expired on " + certificate.getNotAfter().toInstant(), expired);
        } catch (final CertificateException notYet) {
            throw new ProfileException(what + " is not valid before " + certificate.getNotBefore().toInstant(), notYet);
        }
    }

    /** What one signs the other can verify. */
    private static boolean fits(final PrivateKey key, final PublicKey certified) {
        final String algorithm = switch (certified.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> certified.getAlgorithm();
        };
        final byte[] anything = {1, 2, 3};
        try {
            final Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(anything);
            final byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(anything);
            return signature.verify(signed);
        } catch (final GeneralSecurityException notEvenOfAKind) {
            return false;
        }
    }

    /** What engines are made of: the own certificate to show, and the authority to believe. */
    SSLContext context() {
        try {
            return context(keys(), trusting(authority));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("the JDK must be able to hold a certificate that it has read", e);
        }
    }

    /** What shows the own certificate. */
    KeyManager[] keys() throws GeneralSecurityException {
        final KeyStore own = store();
        own.setKeyEntry("own", key, IN_MEMORY, chain.toArray(X509Certificate[]::new));
        final KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, IN_MEMORY);
        return keys.getKeyManagers();
    }

    /** A context of the JDK's own TLS. */
    static SSLContext context(final KeyManager[] keys, final TrustManager[] trust) throws GeneralSecurityException {
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        return context;
    }

    private static TrustManager[] trusting(final List<X509Certificate> authority) throws GeneralSecurityException {
        final KeyStore known = store();
        for (int i = 0; i < authority.size(); i++) {
            known.setCertificateEntry("authority-" + i, authority.get(i));
        }
        final TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(known);
        return trust.getTrustManagers();
    }

    private static KeyStore store() throws GeneralSecurityException {
        try {
            final KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, IN_MEMORY);
            return store;
        } catch (final IOException e) {
            throw new IllegalStateException("nothing is read", e);
        }
    }
}
