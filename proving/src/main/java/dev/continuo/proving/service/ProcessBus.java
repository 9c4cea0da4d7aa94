package dev.continuo.proving.service;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.BusHandler;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.BusSubscription;
import dev.continuo.actors.bus.Delivery;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.latency.Count;
import dev.continuo.proving.time.Timeline;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One process's end of the bus. What it publishes is lost, doubled, late, overtaken or broken as the faults say. When the process ends, its ends of the streams close, as a media driver sees to.
 */
final class ProcessBus implements Bus {
    private static final int BITS = 8;

    private final Bus shared;
    private final BusFaults faults;
    private final Timeline timeline;
    private final SplittableRandom random;
    private final List<AutoCloseable> ends = new ArrayList<>();

    ProcessBus(final Bus shared, final BusFaults faults, final Timeline timeline, final long seed) {
        this.shared = shared;
        this.faults = faults;
        this.timeline = timeline;
        random = new SplittableRandom(seed);
    }

    @Override
    public BusPublication publication(final StreamId stream) {
        final Publication publication = new Publication(stream);
        ends.add(publication);
        return publication;
    }

    @Override
    public BusSubscription subscription(final StreamId stream) {
        final BusSubscription subscription = shared.subscription(stream);
        ends.add(subscription);
        return new Subscription(subscription);
    }

    @Override
    public int maxMessageBytes(final StreamId stream) {
        return shared.maxMessageBytes(stream);
    }

    @Override
    public boolean isOpen() {
        return shared.isOpen();
    }

    @Override
    public void close() {
        for (final AutoCloseable end : List.copyOf(ends)) {
            try {
                end.close();
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
        }
        ends.clear();
    }

    private static boolean crosses(final StreamId stream) {
        return stream != StreamId.CAMERA_FRAME && stream != StreamId.SENSOR_SAMPLE;
    }

    private final class Subscription implements BusSubscription {
        private final BusSubscription subscription;

        private Subscription(final BusSubscription subscription) {
            this.subscription = subscription;
        }

        @Override
        public int poll(final BusHandler handler, final int limit) {
            return subscription.poll(handler, limit);
        }

        @Override
        public StreamId stream() {
            return subscription.stream();
        }

        @Override
        public boolean isConnected() {
            return subscription.isConnected();
        }

        @Override
        public Count lostPublishers() {
            return subscription.lostPublishers();
        }

        @Override
        public Count overrun() {
            return subscription.overrun();
        }

        @Override
        public void close() {
            ends.remove(subscription);
            subscription.close();
        }
    }

    private final class Publication implements BusPublication {
        private final StreamId stream;
        private final BusPublication publication;
        /** What is on its way arrives even if its sender is gone by then. */
        private final BusPublication late;
        private final UnsafeBuffer space;
        private final UnsafeBuffer claimed = new UnsafeBuffer(0, 0);
        private Delivery refusal = Delivery.SENT;
        private boolean closed;

        private Publication(final StreamId stream) {
            this.stream = stream;
            publication = shared.publication(stream);
            late = shared.publication(stream);
            space = new UnsafeBuffer(ByteBuffer.allocateDirect(shared.maxMessageBytes(stream)));
        }

        @Override
        public Delivery offer(final DirectBuffer buffer, final int offset, final int length) {
            if (closed || length > space.capacity()) {
                return publication.offer(buffer, offset, length);
            }
            final BusFaults.OfStream fault = faults.of(stream);
            if (faults.isPartitioned() && crosses(stream) || fault.drop > 0 && random.nextDouble() < fault.drop) {
                return Delivery.SENT;
            }
            if (fault.isQuiet()) {
                return publication.offer(buffer, offset, length);
            }
            deliver(buffer, offset, length, fault);
            if (fault.duplicate > 0 && random.nextDouble() < fault.duplicate) {
                deliver(buffer, offset, length, fault);
            }
            return Delivery.SENT;
        }

        private void deliver(final DirectBuffer buffer, final int offset, final int length, final BusFaults.OfStream fault) {
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
            copy.putBytes(0, buffer, offset, length);
            if (fault.corrupt > 0 && random.nextDouble() < fault.corrupt) {
                corrupt(copy);
            }
            final long delayNanos = fault.delayNanos + (fault.spreadNanos == 0 ? 0 : random.nextLong(fault.spreadNanos));
            if (delayNanos == 0) {
                publication.offer(copy, 0, length);
            } else {
                timeline.in(delayNanos, () -> late.offer(copy, 0, length));
            }
        }

        private void corrupt(final UnsafeBuffer message) {
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                // Mostly where lengths, versions, counts and times are.
                final int at = random.nextInt(random.nextBoolean() ? Math.min(96, message.capacity()) : message.capacity());
                message.putByte(at, (byte) (message.getByte(at) ^ 1 << random.nextInt(BITS)));
            }
        }

        @Override
        public MutableDirectBuffer claim(final int length) {
            refusal = closed ? Delivery.CLOSED : length > space.capacity() ? Delivery.TOO_LONG : publication.isConnected() ? Delivery.SENT : Delivery.NO_SUBSCRIBER;
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
            return publication.isConnected();
        }

        @Override
        public Count sent() {
            return publication.sent();
        }

        @Override
        public Count dropped() {
            return publication.dropped();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                ends.remove(this);
                publication.close();
            }
        }
    }
}
