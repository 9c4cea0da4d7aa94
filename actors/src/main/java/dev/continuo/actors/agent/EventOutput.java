package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.EventEncoder;
import dev.continuo.actors.message.MessageHeaderEncoder;
import dev.continuo.actors.message.Severity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Publishes what happens to a run, for those who keep it. Not for the control path. Used by one thread. */
public final class EventOutput implements AutoCloseable {
    /** The source of events that end a trial: their text begins with {@link #SUCCESS} or {@link #FAILURE}. */
    public static final String TRIAL = "trial";
    /** Everything is where it was asked for. */
    public static final String SUCCESS = "success";
    /** Something is not. */
    public static final String FAILURE = "failure";

    private static final int LONGEST_TEXT = 8 * 1024;

    private final BusPublication publication;
    private final UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(StreamId.SMALL_MESSAGE_BYTES));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EventEncoder encoder = new EventEncoder();
    private long sequence;

    /** An output to the bus's stream of events. */
    public EventOutput(final Bus bus) {
        publication = bus.publication(StreamId.EVENT);
    }

    /**
     * Publishes one event; where nobody listens it is lost.
     *
     * @param source who tells, a word
     * @param text   what happened, one line; what exceeds 8 KiB is cut off
     */
    public void tell(final Severity severity, final String source, final String text, final long nowNanos) {
        final byte[] from = source.getBytes(StandardCharsets.UTF_8);
        final byte[] what = text.getBytes(StandardCharsets.UTF_8);
        final byte[] fitting = what.length <= LONGEST_TEXT ? what : Arrays.copyOf(what, LONGEST_TEXT);
        encoder.wrapAndApplyHeader(message, 0, header)
            .observedAtNanos(nowNanos)
            .publishedAtNanos(nowNanos)
            .sequence(++sequence)
            .index(0)
            .severity(severity)
            .putSource(from, 0, from.length)
            .putText(fitting, 0, fitting.length);
        publication.offer(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    @Override
    public void close() {
        publication.close();
    }
}
