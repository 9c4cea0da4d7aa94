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

/** Files that users write or download. */
final class FileFuzz {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Path FOLDER = Files.isDirectory(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));

    private FileFuzz() {
    }

    private static Path file(final byte[] input, final String ending) {
        try {
            return Files.write(FOLDER.resolve("continuo-fuzz-" + ProcessHandle.current().pid() + '-' + Thread.currentThread().threadId() + ending), input);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(final Path file) {
        try {
            Files.delete(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Weights: what the header promises is read. */
    static void safetensors(final byte[] input) {
        final Path file = file(input, ".safetensors");
        try (Safetensors weights = Safetensors.open(file)) {
            for (final String name : weights.names()) {
                try {
                    weights.readFloats(name);
                } catch (final ProfileException refused) {
                    // Integers, as documented.
                }
            }
            weights.metadata();
        } catch (final ProfileException refused) {
            requireOneLine(refused);
        } finally {
            delete(file);
        }
    }

    /** A profile. */
    static void profile(final byte[] input) {
        final Path file = file(input, ".conf");
        try {
            ProfileReader.read(file.toString());
        } catch (final ProfileException refused) {
            requireOneLine(refused);
        } finally {
            delete(file);
        }
    }

    /** The configuration of a vision-language model. */
    static void vlmConfig(final byte[] input) {
        final Path file = file(input, ".json");
        try {
            VlmConfig.load(file);
        } catch (final ProfileException refused) {
            requireOneLine(refused);
        } finally {
            delete(file);
        }
    }

    /** The configuration of a policy's action expert. */
    static void policyConfig(final byte[] input) {
        final Path file = file(input, ".json");
        try {
            PolicyConfig.load(file);
        } catch (final ProfileException refused) {
            requireOneLine(refused);
        } finally {
            delete(file);
        }
    }

    /** A tokenizer. */
    static void tokenizer(final byte[] input) {
        final Path file = file(input, ".json");
        try (ChatTokenizer tokenizer = ChatTokenizer.load(file)) {
            tokenizer.decode(tokenizer.encode("1+2=3"));
        } catch (final ProfileException refused) {
            requireOneLine(refused);
        } finally {
            delete(file);
        }
    }

    /** A script of faults. */
    static void faultScript(final byte[] input) {
        final Path file = file(input, ".faults");
        try {
            FaultScript.read(file).text();
        } catch (final IllegalArgumentException | UncheckedIOException refused) {
            // As documented.
        } finally {
            delete(file);
        }
    }

    private static void requireOneLine(final ProfileException refused) {
        Expectation.require(refused.getMessage() != null && !refused.getMessage().isBlank(), "a refusal without words");
    }
}
