package dev.continuo.benchmarks;

import dev.continuo.config.ProfileException;

/** Durations given on a command line as numbers of seconds. */
public final class Seconds {
    private static final double LONGEST = 86_400;
    private static final double NANOS = 1e9;

    private Seconds() {
    }

    /**
     * Nanoseconds of an option's value.
     *
     * @throws ProfileException unless it lies between a millisecond and a day
     */
    public static long nanos(final String option, final double seconds) {
        if (!(seconds >= 1e-3 && seconds <= LONGEST)) {
            throw new ProfileException(option + " " + seconds + ": must be a number of seconds between 0.001 and 86400");
        }
        return Math.round(seconds * NANOS);
    }
}
