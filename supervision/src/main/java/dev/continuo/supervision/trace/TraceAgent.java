package dev.continuo.supervision.trace;

import dev.continuo.actors.agent.TimedStageAgent;
import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.BusHandler;
import dev.continuo.actors.bus.BusSubscription;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.latency.Count;
import dev.continuo.actors.message.ActionChunkDecoder;
import dev.continuo.actors.message.CameraFrameDecoder;
import dev.continuo.actors.message.JointStateDecoder;
import dev.continuo.actors.message.MessageCheck;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.Profile;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

/**
 * Follows pictures to the first command that came of them, from the times that messages carry, and sends a trace for each chunk that was played to an OTLP receiver. A receiver that does not answer
 * costs nothing but its traces.
 */
public final class TraceAgent extends TimedStageAgent {
    private static final long POLL_NANOS = 10_000_000L;
    private static final int FRAGMENT_LIMIT = 256;
    private static final int FRAMES_KEPT = 256;
    private static final int CHUNKS_KEPT = 16;
    private static final Duration SEND_EVERY = Duration.ofSeconds(2);
    private static final Duration SEND_PATIENCE = Duration.ofSeconds(5);

    private record Chunk(long sequence, long observedAtNanos, ChunkWay.Frame frame, long reasoning, long reasoningObservedAtNanos, long begunAtNanos, long publishedAtNanos) {
    }

    private final ChunkSpans spans;
    private final List<String> arms;
    private final BusSubscription frames;
    private final BusSubscription chunks;
    private final BusSubscription states;
    private final BusHandler onFrame = this::onFrame;
    private final BusHandler onChunk = this::onChunk;
    private final BusHandler onState = this::onState;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CameraFrameDecoder frame = new CameraFrameDecoder();
    private final ActionChunkDecoder chunk = new ActionChunkDecoder();
    private final JointStateDecoder state = new JointStateDecoder();
    private final Deque<ChunkWay.Frame> lately = new ArrayDeque<>();
    private final Deque<Chunk> waiting = new ArrayDeque<>();
    private final Count traced = new Count();

    /**
     * Sends traces to a receiver.
     *
     * @param epochOffsetNanos what to add to the messages' clock for nanoseconds since the epoch
     */
    public TraceAgent(final Profile profile, final URI receiver, final long epochOffsetNanos, final Bus bus, final NanoClock clock) {
        this(profile, BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder().setEndpoint(receiver.toString()).setTimeout(SEND_PATIENCE).build()).setScheduleDelay(SEND_EVERY).build(),
            epochOffsetNanos, bus, clock);
    }

    TraceAgent(final Profile profile, final SpanProcessor processor, final long epochOffsetNanos, final Bus bus, final NanoClock clock) {
        super("trace", clock, POLL_NANOS);
        spans = new ChunkSpans(profile.name(), processor, epochOffsetNanos);
        arms = profile.arms().stream().map(ArmProfile::name).toList();
        frames = bus.subscription(StreamId.CAMERA_FRAME);
        chunks = bus.subscription(StreamId.ACTION_CHUNK);
        states = bus.subscription(StreamId.JOINT_STATE);
    }

    @Override
    public int doWork() {
        aliveAtNanos.set(clock.nanoTime());
        return frames.poll(onFrame, FRAGMENT_LIMIT) + chunks.poll(onChunk, FRAGMENT_LIMIT) + states.poll(onState, FRAGMENT_LIMIT);
    }

    private void onFrame(final DirectBuffer buffer, final int offset, final int length) {
        if (isValid(buffer, offset, length, CameraFrameDecoder.TEMPLATE_ID)) {
            frame.wrapAndApplyHeader(buffer, offset, header);
            lately.addLast(new ChunkWay.Frame(frame.index(), frame.observedAtNanos(), frame.publishedAtNanos()));
            if (lately.size() > FRAMES_KEPT) {
                lately.removeFirst();
            }
        }
    }

    private void onChunk(final DirectBuffer buffer, final int offset, final int length) {
        if (isValid(buffer, offset, length, ActionChunkDecoder.TEMPLATE_ID)) {
            chunk.wrapAndApplyHeader(buffer, offset, header);
            final long observedAtNanos = chunk.observedAtNanos();
            waiting.addLast(new Chunk(chunk.sequence(), observedAtNanos, lately.stream().filter(one -> one.observedAtNanos() == observedAtNanos).findFirst().orElse(null), chunk.reasoningSequence(),
                chunk.reasoningObservedAtNanos(), chunk.publishedAtNanos() - chunk.inferenceNanos(), chunk.publishedAtNanos()));
            if (waiting.size() > CHUNKS_KEPT) {
                waiting.removeFirst();
            }
        }
    }

    /** A chunk that is overtaken by a newer one before it was played is not traced: nothing came of it. */
    private void onState(final DirectBuffer buffer, final int offset, final int length) {
        if (waiting.isEmpty() || !isValid(buffer, offset, length, JointStateDecoder.TEMPLATE_ID)) {
            return;
        }
        state.wrapAndApplyHeader(buffer, offset, header);
        for (final Chunk one : waiting) {
            if (one.sequence == state.chunkSequence() && state.commandedAtNanos() >= one.publishedAtNanos && state.index() < arms.size()) {
                spans.write(new ChunkWay(one.sequence, one.observedAtNanos, one.frame, one.reasoning, one.reasoningObservedAtNanos, one.begunAtNanos, one.publishedAtNanos,
                    arms.get(state.index()), state.commandedAtNanos()));
                traced.increment();
                waiting.removeIf(other -> other.publishedAtNanos <= one.publishedAtNanos);
                return;
            }
        }
    }

    private static boolean isValid(final DirectBuffer buffer, final int offset, final int length, final int templateId) {
        return MessageCheck.check(buffer, offset, length, templateId) == MessageCheck.Verdict.VALID;
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(spans, frames, chunks, states);
    }

    @Override
    public Map<String, Long> tally() {
        return Map.of("traced", traced.get());
    }
}
