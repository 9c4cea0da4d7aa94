package dev.continuo.actors.bus;

import org.agrona.DirectBuffer;

/** Keeps the newest message of each source. Polled by one thread; each {@link NewestValue} may be read by another. */
public final class NewestSubscription extends SourceSubscription {
    private final NewestValue[] values;

    /**
     * Keeps the newest message of each of {@code sources} sources.
     *
     * @param capacityBytes the longest message that is kept, its header included
     */
    public NewestSubscription(final BusSubscription subscription, final int sources, final int capacityBytes) {
        super(subscription, sources, capacityBytes);
        values = new NewestValue[sources];
        for (int i = 0; i < sources; i++) {
            values[i] = new NewestValue(capacityBytes);
        }
    }

    /** The newest message of one source. */
    public NewestValue at(final int source) {
        return values[source];
    }

    @Override
    void put(final int source, final DirectBuffer buffer, final int offset, final int length, final long now) {
        values[source].put(buffer, offset, length, now);
    }
}
