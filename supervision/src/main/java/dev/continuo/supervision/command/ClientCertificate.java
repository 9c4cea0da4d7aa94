package dev.continuo.supervision.command;

import dev.continuo.config.ProfileException;
import dev.continuo.config.TlsProfile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** With which certificate a verb shows a service who asks. */
final class ClientCertificate {
    @Option(names = "--certificate", paramLabel = "FILE", description = "a certificate (PEM) to show a service that lets in who has one (web.tls.clients)")
    private Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "the certificate's key (PEM)")
    private Path key;

    /**
     * The certificate; empty if there is none to show.
     *
     * @throws ProfileException if one is given without the other
     */
    Optional<TlsProfile> given() {
        if ((certificate == null) != (key == null)) {
            throw new ProfileException("--certificate and --key belong together");
        }
        return Optional.ofNullable(certificate).map(file -> new TlsProfile(file, key, Optional.empty()));
    }
}
