package dev.continuo.supervision.command;

import java.util.List;
import sun.misc.Signal;

/** The signals by which a terminal, a shell or an init system ends a process. */
final class Signals {
    private static final List<String> ENDING = List.of("INT", "TERM", "HUP");

    private Signals() {
    }

    /** Calls {@code action}, on a thread of the JVM, instead of ending the process. */
    static void onEnd(final Runnable action) {
        ENDING.forEach(name -> handle(name, action));
    }

    /**
     * Ignores what a terminal sends to the whole group of processes on Ctrl-C or when it is closed: a child role ends when its parent
     * wants it to, after the arms are parked.
     */
    static void leaveToParent() {
        handle("INT", () -> { });
        handle("HUP", () -> { });
    }

    private static void handle(final String name, final Runnable action) {
        try {
            Signal.handle(new Signal(name), signal -> action.run());
        } catch (final IllegalArgumentException taken) {
            // The JVM was started with -Xrs or the platform lacks the signal: it keeps its usual meaning.
            return;
        }
    }
}
