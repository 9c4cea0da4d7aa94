package dev.continuo.supervision.roles;

import dev.continuo.hardware.safety.EmergencyStop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The emergency stop on the keyboard: {@code e} and Enter. Acts on the stop itself, without an actor in between.
 */
final class EmergencyKeys {
    private static final Logger LOG = LoggerFactory.getLogger(EmergencyKeys.class);

    private EmergencyKeys() {
    }

    /** Listens to standard input on a thread of its own, until it ends. */
    static void start(final EmergencyStop stop) {
        final BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        Thread.ofPlatform().daemon().name("emergency-keys").start(() -> listen(lines, stop));
    }

    static void listen(final BufferedReader lines, final EmergencyStop stop) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                switch (line.strip()) {
                    case "e", "E" -> stop.trigger("keyboard");
                    case "r", "R" -> stop.reset();
                    default -> LOG.debug("nothing is bound to {}", line);
                }
            }
        } catch (final IOException e) {
            LOG.debug("standard input cannot be read", e);
        }
    }
}
