package dev.continuo.supervision.roles;

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
     * Requires a whole model: for reasoning and for acting.
     *
     * @param policy the folder of the action expert, below {@code directory} or empty
     * @throws ProfileException if the folder or a file is missing
     */
    public static void require(final Path directory, final Path policy) {
        requireReasoning(directory);
        require(directory.resolve(policy), OF_POLICY);
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
