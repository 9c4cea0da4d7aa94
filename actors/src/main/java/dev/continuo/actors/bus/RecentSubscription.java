package dev.continuo.actors.bus;

import org.agrona.DirectBuffer;

/** Keeps the last few messages of each source. Polled by one thread; each {@link RecentValues} may be read by another. */
public final class RecentSubscription extends SourceSubscription {
    private final RecentValues[] values;

    /**
     * Keeps the last messages of as many sources as there are depths.
     *
     * @param depths        how many messages of each source
     * @param capacityBytes the longest message that is kept, its header included
     */
    public RecentSubscription(final BusSubscription subscription, final int[] depths, final int capacityBytes) {
        super(subscription, depths.length, capacityBytes);
        values = new RecentValues[depths.length];
        for (int i = 0; i < depths.length; i++) {
            values[i] = new RecentValues(depths[i], capacityBytes);
        }
    }

    /** The last messages of one source. */
    public RecentValues at(final int source) {
        return values[source];
    }

    @Override
    void put(final int source, final DirectBuffer buffer, final int offset, final int length, final long now) {
        values[source].put(buffer, offset, length, now);
    }
}
