package dev.continuo.benchmarks;

import dev.continuo.supervision.command.RunFailure;
import java.util.concurrent.TimeUnit;

/** Waiting in a measurement, which ends when it is interrupted. */
public final class Pause {
    private Pause() {
    }

    /**
     * Waits.
     *
     * @throws RunFailure if this thread is interrupted meanwhile, or was
     */
    public static void millis(final long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted");
        }
    }
}
