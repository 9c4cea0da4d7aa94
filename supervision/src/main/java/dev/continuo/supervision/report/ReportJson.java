package dev.continuo.supervision.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a report as a JSON document. */
public final class ReportJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ReportJson() {
    }

    /** The document. */
    public static String render(final Object report) {
        try {
            return MAPPER.writeValueAsString(report) + "\n";
        } catch (final IOException e) {
            throw new IllegalStateException("a report must be writable as JSON", e);
        }
    }

    /**
     * Fails before a long run instead of after it if the file could not be written.
     *
     * @throws ProfileException if the folder is missing or the file cannot be written
     */
    public static void requireWritable(final Path file) {
        final Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(file)
            || Files.exists(file) && !Files.isWritable(file)) {
            throw new ProfileException("--json " + file + ": cannot be written");
        }
    }

    /** Writes the document. */
    public static void write(final Object report, final Path file) throws IOException {
        Files.writeString(file, render(report));
    }
}
