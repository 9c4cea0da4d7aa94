package dev.continuo.supervision.roles;

import dev.continuo.hardware.safety.EmergencyStop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is typed while the service runs: {@code e} and Enter is the emergency stop, {@code r} and Enter releases it, and words are an instruction. The stop is acted on itself, without an actor
 * in between.
 */
final class Keyboard {
    private static final Logger LOG = LoggerFactory.getLogger(Keyboard.class);

    private Keyboard() {
    }

    /**
     * Listens to standard input on a thread of its own, until it ends.
     *
     * @param instructed told of instructions, on that thread
     */
    static void start(final EmergencyStop stop, final Consumer<String> instructed) {
        final BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        Thread.ofPlatform().daemon().name("keyboard").start(() -> listen(lines, stop, instructed));
    }

    static void listen(final BufferedReader lines, final EmergencyStop stop, final Consumer<String> instructed) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final String typed = line.strip();
                switch (typed) {
                    case "e", "E" -> stop.trigger("keyboard");
                    case "r", "R" -> stop.reset();
                    default -> {
                        if (typed.contains(" ")) {
                            instructed.accept(typed);
                        } else {
                            LOG.debug("nothing is bound to {}", typed);
                        }
                    }
                }
            }
        } catch (final IOException e) {
            LOG.debug("standard input cannot be read", e);
        }
    }
}
