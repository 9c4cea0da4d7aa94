package dev.continuo.supervision.roles;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.NewestSubscription;
import dev.continuo.actors.bus.NewestValue;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.ReasoningDecoder;

/** Listens to finished reasonings on the bus, for people and judges. Polled by one thread, at leisure. */
final class HeardReasoning implements AutoCloseable {
    private final NewestSubscription subscription;
    private final NewestValue newest;
    private final ReasoningDecoder decoder = new ReasoningDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private String text = "";
    private long aboutNanos;

    HeardReasoning(final Bus bus) {
        subscription = new NewestSubscription(bus.subscription(StreamId.REASONING), 1, StreamId.SMALL_MESSAGE_BYTES);
        newest = subscription.at(0);
    }

    /** Takes in what arrived; whether there is another reasoning than before. */
    boolean poll(final long nowNanos) {
        subscription.poll(nowNanos);
        if (!newest.take()) {
            return false;
        }
        decoder.wrapAndApplyHeader(newest.buffer(), 0, header);
        aboutNanos = decoder.observedAtNanos();
        decoder.skipEmbedding();
        text = decoder.text();
        return true;
    }

    /** The newest reasoning in words; empty before the first. */
    String text() {
        return text;
    }

    /** When the oldest frame that it is about was exposed. */
    long aboutNanos() {
        return aboutNanos;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
