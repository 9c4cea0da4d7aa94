package dev.continuo.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a listener proves with who it is, and whose word it takes for who its peers are. All files are PEM.
 *
 * @param certificate its own certificate, followed by those that lead to the authority that its peers know
 * @param key         the certificate's private key, PKCS#8, in a file that not everybody may read
 * @param authority   the certificates of those whose signature makes a peer's certificate good; empty if peers need none
 */
public record TlsProfile(Path certificate, Path key, Optional<Path> authority) {
}
