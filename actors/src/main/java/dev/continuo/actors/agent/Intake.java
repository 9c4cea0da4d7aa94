package dev.continuo.actors.agent;

import dev.continuo.actors.bus.NewestSubscription;
import dev.continuo.actors.latency.Count;
import dev.continuo.actors.latency.LoopCounts;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;

/**
 * Receives for a stage whose work takes long, so that its streams are drained and its newest values are new whatever it is doing.
 */
final class Intake implements StageAgent {
    private static final long PERIOD_NANOS = 1_000_000L;

    private final String role;
    private final NanoClock clock;
    private final NewestSubscription[] subscriptions;
    private final Count aliveAtNanos = new Count();
    private final LoopCounts loop = new LoopCounts();

    Intake(final String role, final NanoClock clock, final NewestSubscription... subscriptions) {
        this.role = role;
        this.clock = clock;
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

    @Override
    public Count aliveAtNanos() {
        return aliveAtNanos;
    }

    @Override
    public LoopCounts loop() {
        return loop;
    }

    @Override
    public long periodNanos() {
        return PERIOD_NANOS;
    }

    @Override
    public String roleName() {
        return role;
    }
}
