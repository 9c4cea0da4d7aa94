package dev.continuo.training.evaluation;

import dev.continuo.config.ProfileException;
import dev.continuo.training.data.Robot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Tells one model's weights from another's: which figures belong to which weights. */
final class ModelFingerprint {
    private static final int BYTES = 6;

    private ModelFingerprint() {
    }

    private static List<Path> files(final Path folder, final Robot robot) {
        return List.of(folder.resolve("model.safetensors"), robot.in(folder).resolve("policy.safetensors"));
    }

    /** Whether a folder holds the weights that move a robot. */
    static boolean hasWeights(final Path folder, final Robot robot) {
        return files(folder, robot).stream().allMatch(Files::isRegularFile);
    }

    /** The beginning of the SHA-256 of the weights that move a robot, in hexadecimal digits. */
    static String of(final Path folder, final Robot robot) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (final Path file : files(folder, robot)) {
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (final IOException failure) {
            throw new ProfileException(folder + ": the weights cannot be read: " + failure.getMessage(), failure);
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
