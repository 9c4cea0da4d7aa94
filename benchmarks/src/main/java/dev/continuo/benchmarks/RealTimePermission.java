package dev.continuo.benchmarks;

import dev.continuo.hardware.linux.RealTime;
import java.util.concurrent.CompletableFuture;

/** Whether this machine lets threads run under SCHED_FIFO. */
public final class RealTimePermission {
    private RealTimePermission() {
    }

    /**
     * Asks on a thread of its own, which ends with the answer.
     *
     * @param priority 1 to 99
     */
    public static RealTime.Outcome ask(final int priority) {
        final CompletableFuture<RealTime.Outcome> outcome = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> outcome.complete(RealTime.fifo(priority)));
        return outcome.join();
    }
}
