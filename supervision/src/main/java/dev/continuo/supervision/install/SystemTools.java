package dev.continuo.supervision.install;

import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Programs of the operating system, called as an administrator would. */
public final class SystemTools {

    /**
     * What a program said.
     *
     * @param status its exit status
     * @param said   its output, errors included
     */
    public record Answer(int status, String said) {
    }

    /** Calls a program and waits for it. */
    public Answer call(final String... command) {
        try {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return new Answer(process.waitFor(), said);
        } catch (final IOException e) {
            throw new ProfileException("cannot call " + command[0] + ": " + e.getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProfileException("interrupted in " + String.join(" ", List.of(command)), e);
        }
    }

    /**
     * Calls a program that has to succeed.
     *
     * @throws ProfileException if it does not, with what it said
     */
    public void require(final String... command) {
        final Answer answer = call(command);
        if (answer.status() != 0) {
            throw new ProfileException(String.join(" ", List.of(command)) + ": " + answer.said().lines().findFirst().orElse("status " + answer.status()));
        }
    }
}
