package dev.continuo.supervision.tls;

import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** A file whose content is nobody's business: tokens and private keys. */
public final class SecretFile {
    private SecretFile() {
    }

    /**
     * The file's text.
     *
     * @param what what the file is, for messages: {@code token file}
     * @throws ProfileException if it cannot be read, or can be by others than its owner and group
     */
    public static String read(final String what, final Path file) {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                throw new ProfileException(what + ' ' + file + " can be read by everybody: chmod o-r " + file);
            }
            return Files.readString(file);
        } catch (final IOException e) {
            throw new ProfileException(what + ' ' + file + " cannot be read: " + e, e);
        }
    }
}
