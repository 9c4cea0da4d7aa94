package dev.continuo.actors.agent;

import dev.continuo.actors.bus.NewestSubscription;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;

/**
 * Receives for a stage whose work takes long, so that its streams are drained and its newest values are new whatever it is doing.
 */
final class Intake extends TimedStageAgent {
    private static final long PERIOD_NANOS = 1_000_000L;

    private final NewestSubscription[] subscriptions;

    Intake(final String role, final NanoClock clock, final NewestSubscription... subscriptions) {
        super(role, clock, PERIOD_NANOS);
        this.subscriptions = subscriptions;
    }

    @Override
    public int doWork() {
        final long nowNanos = clock.nanoTime();
        aliveAtNanos.set(nowNanos);
        int work = 0;
        for (final NewestSubscription subscription : subscriptions) {
            work += subscription.poll(nowNanos);
        }
        return work;
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(subscriptions);
    }
}
