package dev.continuo.proving.fuzz;

import dev.continuo.config.ProfileException;
import dev.continuo.config.ProfileReader;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.proving.fault.FaultScript;
import dev.continuo.reasoning.network.VlmConfig;
import dev.continuo.reasoning.tensor.Safetensors;
import dev.continuo.reasoning.text.ChatTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A file that users write or download. What is wrong with it must be told as a {@link ProfileException} with words.
 *
 * @param ending of its name
 * @param reader reads it as the product does
 */
record FileFuzz(String ending, Consumer<Path> reader) implements Consumer<byte[]> {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Path FOLDER = Files.isDirectory(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    public void accept(final byte[] input) {
        final Path file = FOLDER.resolve("continuo-fuzz-" + ProcessHandle.current().pid() + '-' + Thread.currentThread().threadId() + ending);
        try {
            Files.write(file, input);
            try {
                reader.accept(file);
            } finally {
                Files.delete(file);
            }
        } catch (final ProfileException refused) {
            Expectation.require(refused.getMessage() != null && !refused.getMessage().isBlank(), "a refusal without words");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Weights: what the header promises is read. */
    static void weights(final Path file) {
        try (Safetensors weights = Safetensors.open(file)) {
            for (final String name : weights.names()) {
                try {
                    weights.readFloats(name);
                } catch (final ProfileException refused) {
                    // Integers, as documented.
                }
            }
            weights.metadata();
        }
    }

    /** A profile. */
    static void profile(final Path file) {
        ProfileReader.read(file.toString());
    }

    /** The configuration of a vision-language model. */
    static void vlmConfig(final Path file) {
        VlmConfig.load(file);
    }

    /** The configuration of a policy's action expert. */
    static void policyConfig(final Path file) {
        PolicyConfig.load(file);
    }

    /** A tokenizer. */
    static void tokenizer(final Path file) {
        try (ChatTokenizer tokenizer = ChatTokenizer.load(file)) {
            tokenizer.decode(tokenizer.encode("1+2=3"));
        }
    }

    /** A script of faults. */
    static void faultScript(final Path file) {
        try {
            FaultScript.read(file).text();
        } catch (final IllegalArgumentException | UncheckedIOException refused) {
            // As documented: no line of a script, no UTF-8.
        }
    }
}
