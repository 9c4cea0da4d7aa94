package dev.continuo.supervision.roles;

import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that make up a model, looked for before anything is started. */
public final class ModelFiles {
    private static final List<String> OF_REASONING =
        List.of("config.json", "preprocessor_config.json", "tokenizer.json", "model.safetensors");
    private static final List<String> OF_POLICY = List.of("policy_config.json", "policy.safetensors", "norm_stats.json");

    private ModelFiles() {
    }

    /**
     * Requires as much of a model as a profile's policy needs: all of it, what reasons, or nothing.
     *
     * @param directory the model's, resolved
     * @throws ProfileException if the folder or a file is missing
     */
    public static void require(final Profile profile, final Path directory) {
        if (profile.policy().reasoning()) {
            requireReasoning(directory);
        }
        if (profile.policy().isModel()) {
            require(directory.resolve(profile.model().policy()), OF_POLICY);
        }
    }

    /**
     * Requires what reasoning needs.
     *
     * @throws ProfileException if the folder or a file is missing
     */
    public static void requireReasoning(final Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new ProfileException("model directory " + directory + " is not there");
        }
        require(directory, OF_REASONING);
    }

    private static void require(final Path directory, final List<String> names) {
        final List<String> missing = names.stream().filter(name -> !Files.isReadable(directory.resolve(name))).toList();
        if (!missing.isEmpty()) {
            throw new ProfileException("model directory " + directory + " lacks " + String.join(", ", missing));
        }
    }
}
