package dev.continuo.supervision.tls;

import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as files hold them. */
final class PemFile {
    private static final Pattern KEY = Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([^-]*)-----END");

    private PemFile() {
    }

    /**
     * All certificates of a file, at least one.
     *
     * @param setting the profile's key that names the file
     * @throws ProfileException if there are none
     */
    static List<X509Certificate> certificates(final String setting, final Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            final List<X509Certificate> certificates = CertificateFactory.getInstance("X.509").generateCertificates(in).stream().map(X509Certificate.class::cast).toList();
            if (certificates.isEmpty()) {
                throw new ProfileException(setting + ' ' + file + " holds no certificate");
            }
            return certificates;
        } catch (final CertificateException malformed) {
            throw new ProfileException(setting + ' ' + file + " holds no certificate in PEM that can be read", malformed);
        } catch (final IOException e) {
            throw new ProfileException(setting + ' ' + file + " cannot be read: " + e, e);
        }
    }

    /**
     * The private key of a file.
     *
     * @param setting     the profile's key that names the file
     * @param certificate whose key it is to be
     * @throws ProfileException if everybody can read it, there is none, or it is one of another kind than the certificate's
     */
    static PrivateKey key(final String setting, final Path file, final X509Certificate certificate) {
        final Matcher pem = KEY.matcher(SecretFile.read(setting, file));
        if (!pem.find()) {
            throw new ProfileException(setting + ' ' + file + " holds no private key in PEM");
        }
        if (!pem.group(1).equals("PRIVATE KEY")) {
            throw new ProfileException(setting + ' ' + file + " holds an " + pem.group(1) + ", which must be PKCS#8 without a password: openssl pkcs8 -topk8 -nocrypt -in " + file);
        }
        final String kind = certificate.getPublicKey().getAlgorithm();
        try {
            return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(2))));
        } catch (final GeneralSecurityException | IllegalArgumentException malformed) {
            throw new ProfileException(setting + ' ' + file + " holds no " + kind + " key, which the certificate needs", malformed);
        }
    }
}
