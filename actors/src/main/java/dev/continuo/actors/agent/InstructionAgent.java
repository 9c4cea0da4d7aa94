package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.InstructionEncoder;
import dev.continuo.actors.message.MessageHeaderEncoder;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Publishes the instruction in force, and repeats it so that a stage that starts late hears it.
 *
 * <p>Giving an instruction, even the same one again, begins a new task: reasonings from before do not count for it.
 */
public final class InstructionAgent extends TimedStageAgent {
    private static final long REPEAT_NANOS = 200_000_000L;
    private static final long POLL_NANOS = 10_000_000L;

    private final BusPublication publication;
    private final UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(StreamId.SMALL_MESSAGE_BYTES));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final InstructionEncoder encoder = new InstructionEncoder();
    private volatile Given given;
    private Given published;
    private long nextAtNanos;
    private long sequence;

    private record Given(byte[] text, long atNanos) {
    }

    /** An agent that is silent until {@link #give} is called. */
    public InstructionAgent(final Bus bus, final NanoClock clock) {
        super("instruction", clock, POLL_NANOS);
        publication = bus.publication(StreamId.INSTRUCTION);
    }

    /** Puts an instruction in force from now on. Called by any thread. */
    public void give(final String text) {
        given = new Given(text.getBytes(StandardCharsets.UTF_8), clock.nanoTime());
    }

    @Override
    public int doWork() {
        final long nowNanos = clock.nanoTime();
        aliveAtNanos.set(nowNanos);
        final Given current = given;
        if (current == null || current == published && nowNanos < nextAtNanos) {
            return 0;
        }
        published = current;
        nextAtNanos = nowNanos + REPEAT_NANOS;
        encoder.wrapAndApplyHeader(message, 0, header)
            .observedAtNanos(current.atNanos)
            .publishedAtNanos(nowNanos)
            .sequence(++sequence)
            .index(0)
            .putText(current.text, 0, current.text.length);
        publication.offer(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
        return 1;
    }

    @Override
    public void onClose() {
        publication.close();
    }
}
