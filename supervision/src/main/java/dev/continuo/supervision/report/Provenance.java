package dev.continuo.supervision.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What produced a figure: printed above every table.
 *
 * @param version the release
 * @param commit  the commit of the sources, abbreviated; {@code unknown} outside a repository
 * @param machine processors and operating system
 */
public record Provenance(String version, String commit, String machine) {
    private static final String UNKNOWN = "unknown";
    private static final long GIT_SECONDS = 2;

    /** The provenance of what is installed in a folder. */
    public static Provenance of(final Path home) {
        final String version = Provenance.class.getPackage().getImplementationVersion();
        return new Provenance(version == null ? "0.1.0" : version, commit(home), Runtime.getRuntime().availableProcessors() + " cores, "
            + System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"));
    }

    private static String commit(final Path home) {
        try {
            final Process git = new ProcessBuilder("git", "-C", home.toString(), "rev-parse", "--short=10", "HEAD")
                .redirectErrorStream(true).start();
            if (!git.waitFor(GIT_SECONDS, TimeUnit.SECONDS)) {
                git.destroyForcibly();
                return UNKNOWN;
            }
            final String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return git.exitValue() == 0 ? answer : UNKNOWN;
        } catch (final IOException absent) {
            return UNKNOWN;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }
}
