package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.BusHandler;
import dev.continuo.actors.bus.BusSubscription;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.latency.Count;
import dev.continuo.actors.latency.Latency;
import dev.continuo.actors.latency.LatencyRecorder;
import dev.continuo.actors.message.ActionChunkDecoder;
import dev.continuo.actors.message.CameraFrameDecoder;
import dev.continuo.actors.message.MessageCheck;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.ReasoningDecoder;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

/**
 * Reads the latencies of perception, reasoning and policy off their messages, so that they are measured in one place wherever those
 * stages run, and survive them.
 */
public final class MonitorAgent extends TimedStageAgent {
    private static final int FRAGMENT_LIMIT = 64;
    private static final long POLL_NANOS = 5_000_000L;

    private final BusSubscription frames;
    private final BusSubscription reasonings;
    private final BusSubscription chunks;
    private final BusHandler onFrame = this::onFrame;
    private final BusHandler onReasoning = this::onReasoning;
    private final BusHandler onChunk = this::onChunk;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CameraFrameDecoder frame = new CameraFrameDecoder();
    private final ReasoningDecoder reasoning = new ReasoningDecoder();
    private final ActionChunkDecoder chunk = new ActionChunkDecoder();
    private final LatencyRecorder latencies = new LatencyRecorder(
        "streams", Latency.CAPTURE_TO_PUBLISH, Latency.REASONING_FIRST_TOKEN, Latency.REASONING_TOTAL, Latency.FRAME_TO_CHUNK,
        Latency.CHUNK_INFERENCE, Latency.FRAME_SKEW);
    private final Count framesSeen = new Count();
    private final Count reasoningsSeen = new Count();
    private final Count chunksSeen = new Count();
    private final Count malformed = new Count();

    /** A monitor of the given bus. */
    public MonitorAgent(final Bus bus, final NanoClock clock) {
        super("monitor", clock, POLL_NANOS);
        frames = bus.subscription(StreamId.CAMERA_FRAME);
        reasonings = bus.subscription(StreamId.REASONING);
        chunks = bus.subscription(StreamId.ACTION_CHUNK);
    }

    @Override
    public int doWork() {
        aliveAtNanos.set(clock.nanoTime());
        return frames.poll(onFrame, FRAGMENT_LIMIT)
            + reasonings.poll(onReasoning, FRAGMENT_LIMIT)
            + chunks.poll(onChunk, FRAGMENT_LIMIT);
    }

    private void onFrame(final DirectBuffer buffer, final int offset, final int length) {
        if (isValid(buffer, offset, length, CameraFrameDecoder.TEMPLATE_ID)) {
            frame.wrapAndApplyHeader(buffer, offset, header);
            latencies.record(Latency.CAPTURE_TO_PUBLISH, frame.publishedAtNanos() - frame.capturedAtNanos());
            framesSeen.increment();
        }
    }

    private void onReasoning(final DirectBuffer buffer, final int offset, final int length) {
        if (isValid(buffer, offset, length, ReasoningDecoder.TEMPLATE_ID)) {
            reasoning.wrapAndApplyHeader(buffer, offset, header);
            latencies.record(Latency.REASONING_FIRST_TOKEN, reasoning.firstTokenNanos());
            latencies.record(Latency.REASONING_TOTAL, reasoning.totalNanos());
            latencies.record(Latency.FRAME_SKEW, reasoning.frameSkewNanos());
            reasoningsSeen.increment();
        }
    }

    private void onChunk(final DirectBuffer buffer, final int offset, final int length) {
        if (isValid(buffer, offset, length, ActionChunkDecoder.TEMPLATE_ID)) {
            chunk.wrapAndApplyHeader(buffer, offset, header);
            latencies.record(Latency.FRAME_TO_CHUNK, chunk.publishedAtNanos() - chunk.observedAtNanos());
            latencies.record(Latency.CHUNK_INFERENCE, chunk.inferenceNanos());
            latencies.record(Latency.FRAME_SKEW, chunk.frameSkewNanos());
            chunksSeen.increment();
        }
    }

    private boolean isValid(final DirectBuffer buffer, final int offset, final int length, final int templateId) {
        if (MessageCheck.check(buffer, offset, length, templateId) == MessageCheck.Verdict.VALID) {
            return true;
        }
        malformed.increment();
        return false;
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(frames, reasonings, chunks);
    }

    @Override
    public LatencyRecorder latencies() {
        return latencies;
    }

    /** Pictures seen. */
    public Count framesSeen() {
        return framesSeen;
    }

    /** Finished reasonings seen. */
    public Count reasoningsSeen() {
        return reasoningsSeen;
    }

    /** Chunks seen. */
    public Count chunksSeen() {
        return chunksSeen;
    }

    /** Messages that were none. */
    public Count malformed() {
        return malformed;
    }
}
