package dev.continuo.supervision.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongConsumer;

/** Tells how far into a recording something has come, once for each second of it. */
final class RecordedSeconds implements LongConsumer {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final PrintWriter to;
    private final String done;
    private long firstAtNanos = Long.MIN_VALUE;
    private long told = -1;

    /**
     * Nothing is done yet.
     *
     * @param done what is done to the recording, in one word
     */
    RecordedSeconds(final PrintWriter to, final String done) {
        this.to = to;
        this.done = done;
    }

    @Override
    public void accept(final long atNanos) {
        firstAtNanos = firstAtNanos == Long.MIN_VALUE ? atNanos : firstAtNanos;
        final long seconds = (atNanos - firstAtNanos) / SECOND_NANOS;
        if (seconds > told) {
            told = seconds;
            to.printf(Locale.ROOT, "\r%s %d s", done, seconds);
            to.flush();
        }
    }

    /** Ends the line. */
    void end() {
        if (told >= 0) {
            to.println();
        }
    }
}
