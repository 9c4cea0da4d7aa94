package dev.continuo.actors.bus;

import dev.continuo.actors.latency.Count;
import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/** One subscriber's end of an Aeron stream: assembles long messages and forgets publishers that are gone. */
final class AeronSubscription implements BusSubscription {
    private static final int PENDING_LOSSES = 256;

    private final StreamId stream;
    private final Subscription subscription;
    private final FragmentAssembler assembler;
    /** Publishers that Aeron's client thread saw leave, for the polling thread to free their half-assembled messages. */
    private final OneToOneConcurrentArrayQueue<Integer> lostSessions = new OneToOneConcurrentArrayQueue<>(PENDING_LOSSES);
    private final Count lostPublishers = new Count();
    private final Count overrun = new Count();
    private BusHandler handler;

    AeronSubscription(final Aeron aeron, final String channel, final StreamId stream, final int maxMessageBytes) {
        this.stream = stream;
        final int firstBuffer = stream.large() ? maxMessageBytes : 0;
        assembler = new FragmentAssembler(this::onFragment, firstBuffer, true);
        subscription = aeron.addSubscription(channel, stream.id(), image -> { }, this::onLost);
    }

    private void onLost(final Image image) {
        lostSessions.offer(image.sessionId());
    }

    @Override
    public int poll(final BusHandler busHandler, final int limit) {
        if (!lostSessions.isEmpty()) {
            freeLostSessions();
        }
        handler = busHandler;
        return subscription.poll(assembler, limit);
    }

    private void freeLostSessions() {
        for (Integer session = lostSessions.poll(); session != null; session = lostSessions.poll()) {
            assembler.freeSessionBuffer(session);
            lostPublishers.increment();
        }
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        handler.onMessage(buffer, offset, length);
    }

    @Override
    public StreamId stream() {
        return stream;
    }

    @Override
    public boolean isConnected() {
        return subscription.isConnected();
    }

    @Override
    public Count lostPublishers() {
        return lostPublishers;
    }

    @Override
    public Count overrun() {
        return overrun;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
