package dev.continuo.recording;

import dev.continuo.actors.agent.EventOutput;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.EventDecoder;
import dev.continuo.actors.message.InstructionDecoder;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.MessageStamp;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.agrona.DirectBuffer;

/** Finds the episodes of a recording in its messages, so that one that was cut off has them too. */
public final class Episodes {
    /** Instructions and the judge's word mark the borders; joint states, which never rest, the end of the recording. */
    private static final Set<StreamId> MARKS = EnumSet.of(StreamId.INSTRUCTION, StreamId.EVENT, StreamId.JOINT_STATE);

    private final List<Episode> found = new ArrayList<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final InstructionDecoder instruction = new InstructionDecoder();
    private final EventDecoder event = new EventDecoder();
    private long givenAtNanos = Long.MIN_VALUE;
    private Episode current;
    private long lastAtNanos;

    private Episodes() {
    }

    /** The episodes, in their order. */
    public static List<Episode> of(final RecordingReader reader) {
        final Episodes episodes = new Episodes();
        reader.read(MARKS, episodes::onMessage);
        episodes.end(episodes.lastAtNanos, Optional.empty());
        return List.copyOf(episodes.found);
    }

    private boolean onMessage(final StreamId stream, final DirectBuffer buffer, final int offset, final int length) {
        lastAtNanos = MessageStamp.publishedAtNanos(buffer, offset);
        switch (stream) {
            case INSTRUCTION -> onInstruction(instruction.wrapAndApplyHeader(buffer, offset, header));
            case EVENT -> onEvent(event.wrapAndApplyHeader(buffer, offset, header));
            default -> { }
        }
        return true;
    }

    /** Repeated while in force; given anew, even with the same words, it is another task. */
    private void onInstruction(final InstructionDecoder given) {
        if (given.observedAtNanos() != givenAtNanos) {
            end(given.publishedAtNanos(), Optional.empty());
            givenAtNanos = given.observedAtNanos();
            current = new Episode(found.size() + 1, given.text(), given.publishedAtNanos(), given.publishedAtNanos(), Optional.empty());
        }
    }

    private void onEvent(final EventDecoder told) {
        if (EventOutput.TRIAL.equals(told.source())) {
            end(told.publishedAtNanos(), Optional.of(told.text()));
        }
    }

    private void end(final long atNanos, final Optional<String> outcome) {
        if (current != null) {
            found.add(new Episode(current.number(), current.instruction(), current.startedAtNanos(), atNanos, outcome));
            current = null;
        }
    }
}
