package dev.continuo.supervision.roles;

import dev.continuo.config.ProfileException;
import dev.continuo.supervision.web.Operator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is typed while the service runs: {@code e} and Enter is the emergency stop, {@code r} and Enter releases it, {@code s} and {@code p} start and park the arms, and words are an instruction.
 */
final class Keyboard {
    private static final Logger LOG = LoggerFactory.getLogger(Keyboard.class);

    private Keyboard() {
    }

    /**
     * Listens to standard input on a thread of its own, until it ends.
     *
     * @param operator asked for it, on that thread
     * @param say      told what is not understood
     */
    static void start(final Operator operator, final Consumer<String> say) {
        final BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        Thread.ofPlatform().daemon().name("keyboard").start(() -> listen(lines, operator, say));
    }

    static void listen(final BufferedReader lines, final Operator operator, final Consumer<String> say) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                try {
                    act(line.strip(), operator);
                } catch (final ProfileException | IllegalStateException refused) {
                    say.accept("continuo: " + refused.getMessage());
                }
            }
        } catch (final IOException e) {
            LOG.debug("standard input cannot be read", e);
        }
    }

    private static void act(final String typed, final Operator operator) {
        switch (typed) {
            case "e", "E" -> operator.stop("keyboard");
            case "r", "R" -> operator.release();
            case "s", "S" -> operator.start();
            case "p", "P" -> operator.park();
            default -> {
                if (typed.contains(" ")) {
                    operator.instruct(typed);
                } else {
                    LOG.debug("nothing is bound to {}", typed);
                }
            }
        }
    }
}
