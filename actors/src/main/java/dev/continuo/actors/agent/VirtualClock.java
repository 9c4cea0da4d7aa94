package dev.continuo.actors.agent;

import org.agrona.concurrent.NanoClock;

/** A clock that stands still until it is moved. One thread. */
public final class VirtualClock implements NanoClock {
    private long nowNanos;

    /** A clock that shows {@code startNanos}. */
    public VirtualClock(final long startNanos) {
        nowNanos = startNanos;
    }

    @Override
    public long nanoTime() {
        return nowNanos;
    }

    /** Moves the clock to a time that is not before the present one. */
    public void moveTo(final long newNanos) {
        if (newNanos < nowNanos) {
            throw new IllegalArgumentException("time runs forward: from " + nowNanos + " not to " + newNanos);
        }
        nowNanos = newNanos;
    }

    /** Moves the clock on. */
    public void advance(final long nanos) {
        moveTo(nowNanos + nanos);
    }
}
