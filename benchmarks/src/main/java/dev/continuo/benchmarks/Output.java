package dev.continuo.benchmarks;

import dev.continuo.supervision.report.ReportJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a benchmark leaves its figures for programs to read. */
public final class Output {
    @Option(names = "--json", paramLabel = "FILE", description = "write all figures to a file, durations in nanoseconds unless their names say otherwise")
    private Path json;

    /** For picocli. */
    public Output() {
    }

    /** The file, if one was asked for. */
    public Optional<Path> file() {
        return Optional.ofNullable(json);
    }

    /** Fails before a long run instead of after it if the file could not be written. */
    public void check() {
        if (json != null) {
            ReportJson.requireWritable(json);
        }
    }

    /** Writes the report, if a file was asked for. */
    public void write(final Object report) {
        if (json == null) {
            return;
        }
        try {
            ReportJson.write(report, json);
        } catch (final IOException failure) {
            throw new UncheckedIOException("--json " + json + " cannot be written", failure);
        }
    }
}
