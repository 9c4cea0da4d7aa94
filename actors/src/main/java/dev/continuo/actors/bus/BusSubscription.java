package dev.continuo.actors.bus;

import dev.continuo.actors.latency.Count;

/**
 * One subscriber's end of a stream. Used by one thread; publishers may come and go.
 */
public interface BusSubscription extends AutoCloseable {

    /**
     * Hands over messages in the order in which each publisher sent them.
     *
     * @param limit at most so many fragments: a message longer than the stream's unit takes several
     * @return fragments taken
     */
    int poll(BusHandler handler, int limit);

    /** The stream that is subscribed to. */
    StreamId stream();

    /** Whether any publisher is there. */
    boolean isConnected();

    /** Publishers lost so far. */
    Count lostPublishers();

    /** Messages that were dropped because this subscriber was too far behind, where the bus knows. */
    Count overrun();

    @Override
    void close();
}
