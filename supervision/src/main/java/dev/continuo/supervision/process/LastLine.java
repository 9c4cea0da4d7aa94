package dev.continuo.supervision.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies a child's standard error to the log and remembers the line by which it explained its end. */
final class LastLine {
    private static final Logger LOG = LoggerFactory.getLogger(LastLine.class);
    private static final long DRAIN_MILLIS = 500;
    private static final String OURS = "continuo: ";

    private final Thread reader;
    private volatile String text = "";

    private LastLine(final String name, final InputStream errors) {
        reader = Thread.ofVirtual().name(name + "-stderr").unstarted(() -> read(name, errors));
    }

    static LastLine follow(final String name, final InputStream errors) {
        final LastLine line = new LastLine(name, errors);
        line.reader.start();
        return line;
    }

    /** The last line that begins with {@code continuo:}, else the last line; waits for the stream's end, but not long. */
    String await() {
        try {
            reader.join(TimeUnit.MILLISECONDS.toMillis(DRAIN_MILLIS));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return text;
    }

    private void read(final String name, final InputStream errors) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(errors, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                LOG.info("{}: {}", name, line);
                if (!line.isBlank() && (line.startsWith(OURS) || !text.startsWith(OURS))) {
                    text = line;
                }
            }
        } catch (final IOException closed) {
            LOG.debug("{}: standard error closed", name, closed);
        }
    }
}
