package dev.continuo.supervision.tls;

import dev.continuo.config.TlsProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Authorities and certificates for tests, made by the JDK's keytool, as PEM files in a folder. */
public final class Certificates {
    private static final String PASSWORD = "not-a-secret";

    private final Path folder;
    private final Path store;

    /** None yet. */
    public Certificates(final Path folder) {
        this.folder = folder;
        store = folder.resolve("all.p12");
    }

    /** Makes an authority, whose certificate is in {@code NAME.pem}. */
    public Path authority(final String name, final String subject) {
        make(name, "-dname", subject, "-ext", "bc:c", "-validity", "30");
        return certificate(name);
    }

    /** Makes a certificate for the computer's loopback address that an authority has signed, with more of keytool's options. */
    public TlsProfile signed(final String authority, final String name, final String subject, final String... more) {
        make(name, Stream.concat(Stream.of("-signer", authority, "-dname", subject, "-ext", "san=ip:127.0.0.1"), more.length == 0 ? Stream.of("-validity", "30") : Stream.of(more)).toArray(String[]::new));
        return new TlsProfile(certificate(name), key(name), Optional.empty());
    }

    /** One that expired the day before yesterday. */
    public TlsProfile expired(final String authority, final String name, final String subject) {
        return signed(authority, name, subject, "-startdate", "-10d", "-validity", "8");
    }

    /** The file of a certificate. */
    public Path certificate(final String name) {
        return folder.resolve(name + ".pem");
    }

    /** The file of a certificate's key. */
    public Path key(final String name) {
        return folder.resolve(name + ".key");
    }

    /** What shows a certificate, good or not, and believes everybody. */
    public SSLContext showing(final String name) {
        try {
            final KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            one.setKeyEntry(name, open().getKey(name, PASSWORD.toCharArray()), PASSWORD.toCharArray(), open().getCertificateChain(name));
            final KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(one, PASSWORD.toCharArray());
            return Credentials.context(keys.getKeyManagers(), new TrustManager[] {new AnyCertificate()});
        } catch (final IOException | GeneralSecurityException e) {
            throw new AssertionError("no certificate " + name, e);
        }
    }

    private KeyStore open() throws IOException, GeneralSecurityException {
        final KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            made.load(in, PASSWORD.toCharArray());
        }
        return made;
    }

    private void make(final String name, final String... options) {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-J-XX:TieredStopAtLevel=1", "-genkeypair", "-alias", name,
            "-keyalg", "EC", "-groupname", "secp256r1", "-keystore", store.toString(), "-storepass", PASSWORD));
        command.addAll(List.of(options));
        try {
            final Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
            final String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new AssertionError("keytool: " + said);
            }
            write(name);
        } catch (final IOException | GeneralSecurityException | InterruptedException e) {
            throw new AssertionError("no certificate " + name, e);
        }
    }

    private void write(final String name) throws IOException, GeneralSecurityException {
        final KeyStore made = open();
        Files.writeString(certificate(name), pem("CERTIFICATE", made.getCertificate(name).getEncoded()));
        Files.writeString(key(name), pem("PRIVATE KEY", made.getKey(name, PASSWORD.toCharArray()).getEncoded()));
        Files.setPosixFilePermissions(key(name), PosixFilePermissions.fromString("rw-------"));
    }

    private static String pem(final String what, final byte[] content) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what + "-----\n";
    }
}
