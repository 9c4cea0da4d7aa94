package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.Delivery;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.latency.Count;
import dev.continuo.actors.message.Flag;
import dev.continuo.actors.message.Float32;
import dev.continuo.actors.message.MessageHeaderEncoder;
import dev.continuo.actors.message.ReasoningEncoder;
import dev.continuo.config.CameraProfile;
import dev.continuo.perception.Frame;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reasons about the newest pictures, again and again, and publishes what comes of it.
 *
 * <p>The model runs within {@link #doWork}, which therefore takes as long as a reasoning; pictures and instructions are received by
 * {@link #intake} meanwhile. A reasoning is given up when the instruction changes or the agent is asked to stop.
 */
public final class ReasoningAgent extends TimedStageAgent {
    private static final long POLL_NANOS = 5_000_000L;
    private static final long PROGRESS_PERIOD_NANOS = 100_000_000L;
    private static final byte[] NO_BYTES = new byte[0];

    private final Reasoner reasoner;
    private final Settings settings;
    private final FrameInputs frames;
    private final InstructionInput instruction;
    private final Intake intake;
    private final BusPublication finishedPublication;
    private final BusPublication progressPublication;
    private final Frame[] pictures;
    private final UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(StreamId.SMALL_MESSAGE_BYTES));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ReasoningEncoder encoder = new ReasoningEncoder();

    private final Count finished = new Count();
    private final Count cancelled = new Count();
    private final Count waited = new Count();
    private volatile boolean inFlight;
    private volatile boolean stopRequested;

    private Reasoner.Thought pending;
    private long pendingUntilNanos;
    private long nextStartNanos = Long.MIN_VALUE;
    private long observedAtNanos;
    private long startedAtNanos;
    private long firstTokenAtNanos;
    private long nextProgressNanos;
    private long sequence;
    private long progressSequence;
    private int tokens;

    /**
     * How the agent reasons.
     *
     * @param periodNanos  least time between the starts of two reasonings
     * @param assumedNanos under a virtual clock, which does not advance while the model runs: how long a reasoning is taken to last;
     *                     0 under a real one
     */
    public record Settings(long periodNanos, long assumedNanos) {
    }

    /** An agent that looks through the given cameras; {@code reasoner} is closed with it. */
    public ReasoningAgent(
        final Reasoner reasoner, final List<CameraProfile> cameras, final Settings settings, final Bus bus, final NanoClock clock) {
        super("reasoning", clock, POLL_NANOS);
        this.reasoner = reasoner;
        this.settings = settings;
        frames = new FrameInputs(bus, cameras);
        instruction = new InstructionInput(bus);
        intake = new Intake("reasoning-intake", clock, frames.subscription(), instruction.subscription());
        finishedPublication = bus.publication(StreamId.REASONING);
        progressPublication = bus.publication(StreamId.REASONING_PROGRESS);
        pictures = FrameInputs.pictures(cameras);
    }

    @Override
    public int doWork() {
        final long nowNanos = clock.nanoTime();
        aliveAtNanos.set(nowNanos);
        if (instruction.changed() && pending != null) {
            pending = null;
            cancelled.increment();
        }
        if (pending != null) {
            return publishPendingWhenDue(nowNanos);
        }
        if (nowNanos < nextStartNanos || stopRequested) {
            return 0;
        }
        if (!inputsAreReady(nowNanos)) {
            waited.increment();
            return 0;
        }
        nextStartNanos = nowNanos + settings.periodNanos;
        return reason(nowNanos);
    }

    /** Whether there is an instruction, and pictures that are young and were not taken before it was given. */
    private boolean inputsAreReady(final long nowNanos) {
        if (!instruction.isPresent() || !frames.match(nowNanos)) {
            return false;
        }
        observedAtNanos = frames.observedAtNanos();
        return observedAtNanos >= instruction.givenAtNanos() && frames.read(pictures);
    }

    private int reason(final long nowNanos) {
        startedAtNanos = nowNanos;
        firstTokenAtNanos = 0;
        nextProgressNanos = nowNanos;
        tokens = 0;
        inFlight = true;
        final Reasoner.Thought thought;
        try {
            thought = reasoner.reason(pictures, instruction.text(), this::onToken);
        } finally {
            inFlight = false;
        }
        if (thought == null) {
            cancelled.increment();
            nextStartNanos = nowNanos;
            return 1;
        }
        pending = thought;
        pendingUntilNanos = nowNanos + settings.assumedNanos;
        publishPendingWhenDue(clock.nanoTime());
        return 1;
    }

    private boolean onToken(final CharSequence textSoFar) {
        final long nowNanos = clock.nanoTime();
        aliveAtNanos.set(nowNanos);
        tokens++;
        if (firstTokenAtNanos == 0) {
            firstTokenAtNanos = nowNanos;
        }
        if (nowNanos >= nextProgressNanos) {
            nextProgressNanos = nowNanos + PROGRESS_PERIOD_NANOS;
            publish(progressPublication, textSoFar.toString(), null, Flag.NO, ++progressSequence, nowNanos);
        }
        return !stopRequested && !instruction.changed();
    }

    private int publishPendingWhenDue(final long nowNanos) {
        if (nowNanos < pendingUntilNanos) {
            return 0;
        }
        tokens = pending.tokens();
        publish(finishedPublication, pending.text(), pending.embedding(), Flag.YES, ++sequence, nowNanos);
        publish(progressPublication, pending.text(), null, Flag.YES, ++progressSequence, nowNanos);
        pending = null;
        finished.increment();
        return 1;
    }

    private void publish(
        final BusPublication publication, final String text, final float[] embedding, final Flag complete, final long number,
        final long nowNanos) {
        encoder.wrapAndApplyHeader(message, 0, header)
            .observedAtNanos(observedAtNanos)
            .publishedAtNanos(nowNanos)
            .sequence(number)
            .index(0)
            .firstTokenNanos(firstTokenAtNanos == 0 ? 0 : firstTokenAtNanos - startedAtNanos)
            .totalNanos(nowNanos - startedAtNanos)
            .tokens(tokens)
            .finished(complete)
            .frameSkewNanos(frames.skewNanos());
        final byte[] embeddingBytes = embedding == null ? NO_BYTES : new byte[embedding.length * Float.BYTES];
        if (embedding != null) {
            Float32.write(new UnsafeBuffer(embeddingBytes), 0, embedding, embedding.length);
        }
        encoder.putEmbedding(embeddingBytes, 0, embeddingBytes.length);
        final byte[] textBytes = text.getBytes(StandardCharsets.UTF_8);
        encoder.putText(textBytes, 0, textBytes.length);
        if (publication.offer(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength()) == Delivery.TOO_LONG) {
            throw new IllegalStateException("a reasoning of " + encoder.encodedLength() + " bytes is too long for its stream");
        }
    }

    @Override
    public void requestStop() {
        stopRequested = true;
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(reasoner, finishedPublication, progressPublication);
    }

    /** Whether the model is at work; read by any thread. */
    public boolean inFlight() {
        return inFlight;
    }

    /** Reasonings published. */
    public Count finished() {
        return finished;
    }

    /** Reasonings given up because the instruction changed or the agent was stopped. */
    public Count cancelled() {
        return cancelled;
    }

    /** Rounds in which a reasoning was due but a picture or the instruction was missing or too old. */
    public Count waited() {
        return waited;
    }

    @Override
    public StageAgent intake() {
        return intake;
    }
}
