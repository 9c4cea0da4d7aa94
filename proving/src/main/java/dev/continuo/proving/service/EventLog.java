package dev.continuo.proving.service;

import java.util.Locale;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;

/** What happened in a run, line by line, with a number that every bit of every command went into: two runs with the same last number are the same run. */
public final class EventLog {
    private static final long PRIME = 0x100000001b3L;

    private final NanoClock clock;
    private final long beginNanos;
    private final Consumer<String> lines;
    private long digest = 0xcbf29ce484222325L;

    EventLog(final NanoClock clock, final Consumer<String> lines) {
        this.clock = clock;
        this.lines = lines;
        beginNanos = clock.nanoTime();
    }

    /** Since the beginning of the run. */
    public long nowNanos() {
        return clock.nanoTime() - beginNanos;
    }

    void tell(final String what) {
        for (int i = 0; i < what.length(); i++) {
            mix(what.charAt(i));
        }
        mix(nowNanos());
        lines.accept(String.format(Locale.ROOT, "%12.6f  %016x  %s", nowNanos() * 1e-9, digest, what));
    }

    void command(final long atNanos, final double[] position) {
        mix(atNanos);
        for (final double value : position) {
            mix(Double.doubleToRawLongBits(value));
        }
    }

    /** What all that happened comes to. */
    public long digest() {
        return digest;
    }

    private void mix(final long value) {
        digest = (digest ^ value) * PRIME;
        digest ^= digest >>> 29;
    }
}
