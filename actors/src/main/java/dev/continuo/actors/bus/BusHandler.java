package dev.continuo.actors.bus;

import org.agrona.DirectBuffer;

/** Receives messages from a subscription, on the thread that polls it. */
@FunctionalInterface
public interface BusHandler {

    /** One whole message; the bytes are valid only during the call and have not been checked. */
    void onMessage(DirectBuffer buffer, int offset, int length);
}
