package dev.continuo.actors.bus;

import dev.continuo.actors.latency.Count;
import dev.continuo.actors.message.MessageCheck;
import dev.continuo.actors.message.MessageStamp;
import org.agrona.DirectBuffer;

/**
 * Drains a subscription, checks what arrives, and keeps the newest message of each source (camera, arm or sensor).
 *
 * <p>Bad messages are counted, never thrown. Polled by one thread; each {@link NewestValue} may be read by another.
 */
public final class NewestSubscription implements AutoCloseable {
    /** So many fragments a poll, to bound its duration: a picture of 640x480 arrives in fifteen. */
    private static final int FRAGMENT_LIMIT = 64;

    private final BusSubscription subscription;
    private final NewestValue[] values;
    private final int capacityBytes;
    private final BusHandler handler = this::onMessage;
    private final Count malformed = new Count();
    private final Count unknownSource = new Count();
    private long nowNanos;

    /**
     * Keeps the newest message of each of {@code sources} sources.
     *
     * @param capacityBytes the longest message that is kept, its header included
     */
    public NewestSubscription(final BusSubscription subscription, final int sources, final int capacityBytes) {
        this.subscription = subscription;
        this.capacityBytes = capacityBytes;
        values = new NewestValue[sources];
        for (int i = 0; i < sources; i++) {
            values[i] = new NewestValue(capacityBytes);
        }
    }

    /** Takes in what has arrived; returns the fragments taken. */
    public int poll(final long now) {
        nowNanos = now;
        return subscription.poll(handler, FRAGMENT_LIMIT);
    }

    /** The newest message of one source. */
    public NewestValue at(final int source) {
        return values[source];
    }

    /** How many sources are told apart. */
    public int sources() {
        return values.length;
    }

    /** Messages that were no messages of this stream's kind. */
    public Count malformed() {
        return malformed;
    }

    /** Messages whose index names no source. */
    public Count unknownSource() {
        return unknownSource;
    }

    /** The stream behind. */
    public BusSubscription subscription() {
        return subscription;
    }

    @Override
    public void close() {
        subscription.close();
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length) {
        if (length > capacityBytes
            || MessageCheck.check(buffer, offset, length, subscription.stream().templateId()) != MessageCheck.Verdict.VALID) {
            malformed.increment();
            return;
        }
        final int source = MessageStamp.index(buffer, offset);
        if (source >= values.length) {
            unknownSource.increment();
            return;
        }
        values[source].put(buffer, offset, length, nowNanos);
    }
}
