package dev.continuo.training.evaluation;

import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Tells one model's weights from another's: which figures belong to which weights. */
final class ModelFingerprint {
    private static final List<String> FILES = List.of("model.safetensors", "policy.safetensors");
    private static final int BYTES = 6;

    private ModelFingerprint() {
    }

    /** Whether a folder holds weights at all. */
    static boolean hasWeights(final Path folder) {
        return FILES.stream().allMatch(file -> Files.isRegularFile(folder.resolve(file)));
    }

    /** The beginning of the SHA-256 of a folder's weights, in hexadecimal digits. */
    static String of(final Path folder) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (final String file : FILES) {
                digest.update(Files.readAllBytes(folder.resolve(file)));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (final IOException failure) {
            throw new ProfileException(folder + ": the weights cannot be read: " + failure.getMessage(), failure);
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
