package dev.continuo.benchmarks.model;

import dev.continuo.benchmarks.Percentiles;
import org.HdrHistogram.Histogram;

/** Repeats a computation for a while and times it. */
final class Stopwatch {
    private static final long HIGHEST_NANOS = 600_000_000_000L;

    private final long warmUpNanos;
    private final long nanos;
    private final int leastRuns;

    /** A computation that times parts of itself. */
    @FunctionalInterface
    interface Timed {
        /** Computes; records what is to be counted. */
        void run(Histogram durations);
    }

    Stopwatch(final ModelTask task) {
        warmUpNanos = task.warmUpNanos();
        nanos = task.nanos();
        leastRuns = task.leastRuns();
    }

    /** Times each run as a whole. */
    Percentiles each(final Runnable run) {
        return parts(durations -> {
            final long beginNanos = System.nanoTime();
            run.run();
            durations.recordValue(System.nanoTime() - beginNanos);
        });
    }

    /** Takes what each run times of itself. */
    Percentiles parts(final Timed run) {
        repeat(run, new Histogram(HIGHEST_NANOS, 3), warmUpNanos, 1);
        final Histogram durations = new Histogram(HIGHEST_NANOS, 3);
        repeat(run, durations, nanos, leastRuns);
        return Percentiles.of(durations);
    }

    private static void repeat(final Timed run, final Histogram durations, final long nanos, final int least) {
        final long beginNanos = System.nanoTime();
        for (int i = 0; i < least || System.nanoTime() - beginNanos < nanos; i++) {
            run.run(durations);
        }
    }
}
