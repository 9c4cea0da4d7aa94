package dev.continuo.supervision.web;

import dev.continuo.config.ProfileException;
import dev.continuo.supervision.tls.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;

/** A secret that a file holds. */
final class TokenFile {
    private static final int SHORTEST = 16;

    private final byte[] token;

    private TokenFile(final byte[] token) {
        this.token = token;
    }

    /**
     * Reads a token.
     *
     * @throws ProfileException if the file cannot be read, if others than its owner and group may read it, or if what it holds is too short to be a secret
     */
    static TokenFile read(final Path file) {
        final byte[] token = SecretFile.read("token file", file).strip().getBytes(StandardCharsets.UTF_8);
        if (token.length < SHORTEST) {
            throw new ProfileException("token file " + file + " holds " + token.length + " characters; a token has at least " + SHORTEST);
        }
        return new TokenFile(token);
    }

    /** Whether this is the token; takes as long whatever it is compared with. */
    boolean matches(final String offered) {
        return MessageDigest.isEqual(token, offered.getBytes(StandardCharsets.UTF_8));
    }
}
