package dev.continuo.actors.bus;

import dev.continuo.actors.latency.Count;
import dev.continuo.actors.message.MessageCheck;
import dev.continuo.actors.message.MessageStamp;
import org.agrona.DirectBuffer;

/**
 * Drains a subscription, checks what arrives, and tells apart where it is from: which camera, arm or sensor.
 *
 * <p>Bad messages are counted, never thrown. Polled by one thread.
 */
public abstract sealed class SourceSubscription implements AutoCloseable permits NewestSubscription, RecentSubscription {
    /** So many fragments a poll, to bound its duration: a picture of 640x480 arrives in fifteen. */
    private static final int FRAGMENT_LIMIT = 64;

    private final BusSubscription subscription;
    private final int sources;
    private final int capacityBytes;
    private final BusHandler handler = this::onMessage;
    private final Count malformed = new Count();
    private final Count unknownSource = new Count();
    private long nowNanos;

    /**
     * Takes messages of {@code sources} sources.
     *
     * @param capacityBytes the longest message that is kept, its header included
     */
    SourceSubscription(final BusSubscription subscription, final int sources, final int capacityBytes) {
        this.subscription = subscription;
        this.sources = sources;
        this.capacityBytes = capacityBytes;
    }

    /** Keeps a checked message. */
    abstract void put(int source, DirectBuffer buffer, int offset, int length, long now);

    /** Takes in what has arrived; returns the fragments taken. */
    public final int poll(final long now) {
        nowNanos = now;
        return subscription.poll(handler, FRAGMENT_LIMIT);
    }

    /** How many sources are told apart. */
    public final int sources() {
        return sources;
    }

    /** Messages that were no messages of this stream's kind. */
    public final Count malformed() {
        return malformed;
    }

    /** Messages whose index names no source. */
    public final Count unknownSource() {
        return unknownSource;
    }

    /** The stream behind. */
    public final BusSubscription subscription() {
        return subscription;
    }

    @Override
    public final void close() {
        subscription.close();
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length) {
        if (length > capacityBytes
            || MessageCheck.check(buffer, offset, length, subscription.stream().templateId()) != MessageCheck.Verdict.VALID) {
            malformed.increment();
            return;
        }
        final int source = MessageStamp.index(buffer, offset);
        if (source >= sources) {
            unknownSource.increment();
            return;
        }
        put(source, buffer, offset, length, nowNanos);
    }
}
