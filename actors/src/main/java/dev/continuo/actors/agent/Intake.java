package dev.continuo.actors.agent;

import dev.continuo.actors.bus.SourceSubscription;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;

/**
 * Receives for a stage whose work takes long, so that its streams are drained and its newest values are new whatever it is doing.
 */
final class Intake extends TimedStageAgent {
    private static final long PERIOD_NANOS = 1_000_000L;

    private final SourceSubscription[] subscriptions;

    Intake(final String role, final NanoClock clock, final SourceSubscription... subscriptions) {
        super(role, clock, PERIOD_NANOS);
        this.subscriptions = subscriptions;
    }

    @Override
    public int doWork() {
        final long nowNanos = clock.nanoTime();
        aliveAtNanos.set(nowNanos);
        int work = 0;
        for (final SourceSubscription subscription : subscriptions) {
            work += subscription.poll(nowNanos);
        }
        return work;
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(subscriptions);
    }
}
