package dev.continuo.supervision.doctor;

import dev.continuo.hardware.linux.RealTime;
import java.util.concurrent.CompletableFuture;

/** Whether a thread may be given real-time priority: tried on one that ends at once. */
final class RealTimeCheck {
    private static final int PRIORITY = 50;

    private RealTimeCheck() {
    }

    static Finding scheduling() {
        final CompletableFuture<RealTime.Outcome> outcome = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> outcome.complete(RealTime.fifo(PRIORITY)));
        final RealTime.Outcome tried = outcome.join();
        return tried.granted() ? Finding.ok("real-time scheduling", "SCHED_FIFO is permitted")
            : Finding.warn("real-time scheduling", tried.text(),
                "sudo setcap cap_sys_nice+ep on the JDK's java, or '@realtime - rtprio 90' in /etc/security/limits.conf");
    }
}
