package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.BusHandler;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.BusSubscription;
import dev.continuo.actors.bus.Delivery;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.latency.Count;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

/**
 * Sends every message of {@link StreamId#ECHO_REQUEST} back on {@link StreamId#ECHO_REPLY}, for measuring round trips.
 */
public final class EchoAgent extends TimedStageAgent {
    private static final int FRAGMENT_LIMIT = 32;
    /** Enough to outlast the media driver's pause: it makes room once in a millisecond, and may have to wait for a core. */
    private static final int ATTEMPTS = 100_000;

    private final BusSubscription requests;
    private final BusPublication replies;
    private final BusHandler handler = this::onRequest;
    private final Count echoed = new Count();
    private final Count lost = new Count();

    /** An echo on the given bus. */
    public EchoAgent(final Bus bus, final NanoClock clock) {
        super("echo", clock, 1_000_000L);
        requests = bus.subscription(StreamId.ECHO_REQUEST);
        replies = bus.publication(StreamId.ECHO_REPLY);
    }

    @Override
    public int doWork() {
        aliveAtNanos.set(clock.nanoTime());
        return requests.poll(handler, FRAGMENT_LIMIT);
    }

    private void onRequest(final DirectBuffer buffer, final int offset, final int length) {
        Delivery delivery = replies.offer(buffer, offset, length);
        for (int attempt = 1; attempt < ATTEMPTS && delivery == Delivery.BACK_PRESSURED; attempt++) {
            Thread.yield();
            delivery = replies.offer(buffer, offset, length);
        }
        if (delivery == Delivery.SENT) {
            echoed.increment();
        } else {
            lost.increment();
        }
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(requests, replies);
    }

    /** Messages sent back. */
    public Count echoed() {
        return echoed;
    }

    /** Messages that could not be sent back. */
    public Count lost() {
        return lost;
    }
}
