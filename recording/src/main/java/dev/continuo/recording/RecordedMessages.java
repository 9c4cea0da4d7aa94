package dev.continuo.recording;

import dev.continuo.actors.bus.StreamId;
import org.agrona.DirectBuffer;

/** Takes the messages of a recording, one after the other. */
@FunctionalInterface
public interface RecordedMessages {

    /**
     * One message, checked; it is in the buffer until the call returns.
     *
     * @param stream that carried it
     * @param buffer holds the message's header at {@code offset}
     * @return whether to go on
     */
    boolean onMessage(StreamId stream, DirectBuffer buffer, int offset, int length);
}
