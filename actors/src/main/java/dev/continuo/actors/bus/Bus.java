package dev.continuo.actors.bus;

/**
 * The data plane: streams of messages, each with any number of publishers and subscribers.
 *
 * <p>Publications and subscriptions are set up beforehand, on any thread and at leisure; each is then used by one thread.
 */
public interface Bus extends AutoCloseable {

    /** A new publisher's end of a stream. */
    BusPublication publication(StreamId stream);

    /** A new subscriber's end of a stream; it sees what is sent after it was made. */
    BusSubscription subscription(StreamId stream);

    /** The longest message that a stream carries, in bytes. */
    int maxMessageBytes(StreamId stream);

    /** Whether the bus still works. False after {@link #close} and after the process that owns it is gone; it does not come back. */
    boolean isOpen();

    @Override
    void close();
}
