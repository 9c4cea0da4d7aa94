package dev.continuo.hardware.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Sleeps until a point in time, so that a loop does not drift by the time that its body takes. The clock is the one that
 * {@link System#nanoTime} reads on Linux.
 *
 * <p>One thread uses it. Sleeping does not allocate, and does not end early.
 */
public final class AbsoluteSleep implements AutoCloseable {
    private static final int CLOCK_MONOTONIC = 1;
    private static final int TIMER_ABSTIME = 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment timespec = arena.allocate(2 * JAVA_LONG.byteSize(), JAVA_LONG.byteAlignment());

    /** Sleeps until {@code deadlineNanos} of {@link System#nanoTime}; returns at once if that has passed. */
    public void until(final long deadlineNanos) {
        timespec.set(JAVA_LONG, 0, Math.floorDiv(deadlineNanos, NANOS_PER_SECOND));
        timespec.set(JAVA_LONG, JAVA_LONG.byteSize(), Math.floorMod(deadlineNanos, NANOS_PER_SECOND));
        try {
            int error;
            do {
                error = (int) LibC.CLOCK_NANOSLEEP.invokeExact(CLOCK_MONOTONIC, TIMER_ABSTIME, timespec, MemorySegment.NULL);
            } while (error == LibC.EINTR);
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
