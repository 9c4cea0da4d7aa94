package dev.continuo.training.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The figures of an evaluation as a file for programs. */
final class JsonReport {
    private JsonReport() {
    }

    /**
     * Writes figures in their order.
     *
     * @throws ProfileException if the file cannot be written
     */
    static void write(final Map<String, Object> figures, final Path file) {
        try {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), figures);
        } catch (final IOException failure) {
            throw new ProfileException("cannot write " + file + ": " + failure.getMessage(), failure);
        }
    }
}
