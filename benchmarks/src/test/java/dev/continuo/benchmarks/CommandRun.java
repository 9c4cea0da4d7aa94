package dev.continuo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/**
 * A command line that was run in this process.
 *
 * @param status its exit status
 * @param out    what it printed
 * @param err    what it complained of
 */
public record CommandRun(int status, String out, String err) {

    /** Runs {@code continuo ARGUMENTS}. */
    public static CommandRun of(final String... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int status = BenchmarkCommands.execute(new PrintWriter(out), new PrintWriter(err), arguments);
        return new CommandRun(status, out.toString(), err.toString());
    }

    /** The report that a successful run has written. */
    public JsonNode report(final Path file) throws IOException {
        assertEquals(0, status, err);
        assertEquals("", err);
        return new ObjectMapper().readTree(file.toFile());
    }
}
