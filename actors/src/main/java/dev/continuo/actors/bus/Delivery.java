package dev.continuo.actors.bus;

/** What became of a message that was offered to a stream. */
public enum Delivery {
    /** Every subscriber will see it. */
    SENT,
    /** Nobody listens. */
    NO_SUBSCRIBER,
    /** A subscriber is too far behind; the message is dropped. */
    BACK_PRESSURED,
    /** Longer than the stream can carry. */
    TOO_LONG,
    /** The stream, or the whole bus, has been closed. */
    CLOSED
}
