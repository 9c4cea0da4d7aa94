package dev.continuo.supervision.process;

import java.io.IOException;
import java.io.InputStream;

/**
 * Ends a child process with its parent: the parent holds the other end of standard input, which ends when the parent does.
 */
public final class ParentWatch {
    private ParentWatch() {
    }

    /**
     * Watches an input on a thread of its own.
     *
     * @param input    standard input
     * @param orphaned run once, on that thread, when the input ends
     */
    public static void start(final InputStream input, final Runnable orphaned) {
        final Thread thread = new Thread(() -> {
            drain(input);
            orphaned.run();
        }, "parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static void drain(final InputStream input) {
        final byte[] ignored = new byte[64];
        try {
            while (input.read(ignored) >= 0) {
                // Nothing is ever said on this pipe; only its end matters.
                continue;
            }
        } catch (final IOException ended) {
            return;
        }
    }
}
