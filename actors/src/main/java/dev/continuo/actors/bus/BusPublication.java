package dev.continuo.actors.bus;

import dev.continuo.actors.latency.Count;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * One publisher's end of a stream. Used by one thread; never waits, never allocates.
 */
public interface BusPublication extends AutoCloseable {

    /** Copies a message to the stream. */
    Delivery offer(DirectBuffer buffer, int offset, int length);

    /**
     * Space in the stream itself to encode a short message into, at index 0; {@link #commit} or {@link #abort} must follow.
     *
     * @return the space, the same object every time, or null when {@link #refusal} says why there is none
     */
    MutableDirectBuffer claim(int length);

    /** Why the last {@link #claim} was refused. */
    Delivery refusal();

    /** Sends what was encoded into the claimed space. */
    void commit();

    /** Gives the claimed space back unsent. */
    void abort();

    /** The longest message that {@link #claim} grants, in bytes. */
    int maxClaimBytes();

    /** Whether anybody listens. */
    boolean isConnected();

    /** Messages sent. */
    Count sent();

    /** Messages not sent although somebody listens. */
    Count dropped();

    @Override
    void close();
}
