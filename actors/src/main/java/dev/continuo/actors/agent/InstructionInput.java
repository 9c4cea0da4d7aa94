package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.NewestSubscription;
import dev.continuo.actors.bus.NewestValue;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.InstructionDecoder;
import dev.continuo.actors.message.MessageHeaderDecoder;

/** The instruction in force, as a stage that follows it receives it. */
final class InstructionInput {
    private final NewestSubscription subscription;
    private final NewestValue newest;
    private final InstructionDecoder decoder = new InstructionDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private boolean present;
    private String text = "";
    private long givenAtNanos;

    InstructionInput(final Bus bus) {
        subscription = new NewestSubscription(bus.subscription(StreamId.INSTRUCTION), 1, StreamId.SMALL_MESSAGE_BYTES);
        newest = subscription.at(0);
    }

    NewestSubscription subscription() {
        return subscription;
    }

    /** Takes in the newest instruction; whether it is another than before, not just repeated. */
    boolean changed() {
        if (!newest.take() || present && newest.observedAtNanos() == givenAtNanos) {
            return false;
        }
        decoder.wrapAndApplyHeader(newest.buffer(), 0, header);
        givenAtNanos = decoder.observedAtNanos();
        text = decoder.text();
        present = true;
        return true;
    }

    boolean isPresent() {
        return present;
    }

    String text() {
        return text;
    }

    /** When the instruction was given: what was observed or thought before belongs to another. */
    long givenAtNanos() {
        return givenAtNanos;
    }
}
