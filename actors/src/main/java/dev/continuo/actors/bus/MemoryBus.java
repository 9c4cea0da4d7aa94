package dev.continuo.actors.bus;

import dev.continuo.actors.latency.Count;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The bus within one thread, for stepping all stages under a virtual clock: tests, demonstrations and evaluation.
 *
 * <p>Same semantics as {@link AeronBus} but one: a subscriber that falls behind loses its oldest messages, counted, instead of the
 * publisher its newest. Delivery is immediate and in order, so the same steps give the same run.
 */
public final class MemoryBus implements Bus {
    private static final int LARGE_DEPTH = 3;
    private static final int SMALL_DEPTH = 64;

    private final int largeMessageBytes;
    private final Map<StreamId, List<Subscription>> subscriptions = new EnumMap<>(StreamId.class);
    private boolean open = true;

    /** A bus whose large streams carry messages of up to {@code largeMessageBytes}. */
    public MemoryBus(final int largeMessageBytes) {
        this.largeMessageBytes = largeMessageBytes;
        for (final StreamId stream : StreamId.values()) {
            subscriptions.put(stream, new ArrayList<>());
        }
    }

    @Override
    public BusPublication publication(final StreamId stream) {
        return new Publication(subscriptions.get(stream), maxMessageBytes(stream));
    }

    @Override
    public BusSubscription subscription(final StreamId stream) {
        final Subscription subscription = new Subscription(stream);
        subscriptions.get(stream).add(subscription);
        return subscription;
    }

    @Override
    public int maxMessageBytes(final StreamId stream) {
        return stream.large() ? largeMessageBytes : StreamId.SMALL_MESSAGE_BYTES;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }

    private final class Publication implements BusPublication {
        private final List<Subscription> subscribers;
        private final UnsafeBuffer space;
        private final UnsafeBuffer claimed = new UnsafeBuffer(0, 0);
        private final Count sent = new Count();
        private final Count dropped = new Count();
        private Delivery refusal = Delivery.SENT;
        private boolean closed;

        private Publication(final List<Subscription> subscribers, final int maxBytes) {
            this.subscribers = subscribers;
            space = new UnsafeBuffer(ByteBuffer.allocateDirect(maxBytes));
        }

        @Override
        public Delivery offer(final DirectBuffer buffer, final int offset, final int length) {
            final Delivery obstacle = obstacle(length);
            if (obstacle != Delivery.SENT) {
                return obstacle;
            }
            for (int i = 0; i < subscribers.size(); i++) {
                subscribers.get(i).add(buffer, offset, length);
            }
            sent.increment();
            return Delivery.SENT;
        }

        @Override
        public MutableDirectBuffer claim(final int length) {
            refusal = obstacle(length);
            if (refusal != Delivery.SENT) {
                return null;
            }
            claimed.wrap(space, 0, length);
            return claimed;
        }

        @Override
        public Delivery refusal() {
            return refusal;
        }

        @Override
        public void commit() {
            offer(claimed, 0, claimed.capacity());
        }

        @Override
        public void abort() {
            claimed.wrap(0, 0);
        }

        @Override
        public int maxClaimBytes() {
            return space.capacity();
        }

        @Override
        public boolean isConnected() {
            return open && !closed && !subscribers.isEmpty();
        }

        @Override
        public Count sent() {
            return sent;
        }

        @Override
        public Count dropped() {
            return dropped;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                for (final Subscription subscriber : subscribers) {
                    subscriber.lostPublishers.increment();
                }
            }
        }

        private Delivery obstacle(final int length) {
            if (closed || !open) {
                return Delivery.CLOSED;
            }
            if (length > space.capacity()) {
                dropped.increment();
                return Delivery.TOO_LONG;
            }
            return subscribers.isEmpty() ? Delivery.NO_SUBSCRIBER : Delivery.SENT;
        }
    }

    private final class Subscription implements BusSubscription {
        private final StreamId stream;
        private final MemoryQueue queue;
        private final Count lostPublishers = new Count();
        private final Count overrun = new Count();

        private Subscription(final StreamId stream) {
            this.stream = stream;
            queue = new MemoryQueue(maxMessageBytes(stream), stream.large() ? LARGE_DEPTH : SMALL_DEPTH);
        }

        private void add(final DirectBuffer buffer, final int offset, final int length) {
            queue.add(buffer, offset, length);
            overrun.set(queue.overrun());
        }

        @Override
        public int poll(final BusHandler handler, final int limit) {
            int polled = 0;
            while (polled < limit && queue.poll(handler)) {
                polled++;
            }
            return polled;
        }

        @Override
        public StreamId stream() {
            return stream;
        }

        @Override
        public boolean isConnected() {
            return open;
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
            subscriptions.get(stream).remove(this);
        }
    }
}
