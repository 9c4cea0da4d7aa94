package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.NewestSubscription;
import dev.continuo.actors.bus.NewestValue;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.latency.Count;
import dev.continuo.actors.message.Float32;
import dev.continuo.actors.message.JointStateDecoder;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.actors.message.ReasoningDecoder;
import dev.continuo.config.Profile;
import dev.continuo.policy.playback.ActionChunk;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a chunk is computed from, and why one could not be begun. Each count is of rounds, not of chunks.
 */
public final class ActionInputs {
    private static final int STATE_BYTES = 2048;
    private static final long NOT_KNOWN = -1;

    private final FrameInputs frames;
    private final InstructionInput instruction;
    private final NewestSubscription states;
    private final NewestSubscription reasonings;
    private final NewestValue reasoning;
    private final Intake intake;
    private final StateColumns columns;
    private final double[][] axes;
    private final long stateMaxAgeNanos;
    private final boolean reasons;
    private final long reasoningMaxAgeNanos;

    private final JointStateDecoder state = new JointStateDecoder();
    private final ReasoningDecoder thought = new ReasoningDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DirectBuffer embedding = new UnsafeBuffer(0, 0);
    private long observedAtNanos;
    private long stateMeasuredAtNanos;
    private long playedSequence;
    private long readReasoningSequence = -1;
    private long readReasoningPublishedAtNanos;

    private final Count noInstruction = new Count();
    private final Count armsBusy = new Count();
    private final Count staleState = new Count();
    private final Count staleFrame = new Count();
    private final Count staleReasoning = new Count();

    ActionInputs(final Profile profile, final long stateMaxAgeNanos, final Bus bus, final NanoClock clock) {
        this.stateMaxAgeNanos = stateMaxAgeNanos;
        columns = new StateColumns(profile);
        axes = profile.arms().stream().map(arm -> new double[arm.axisCount()]).toArray(double[][]::new);
        reasons = profile.policy().reasoning();
        reasoningMaxAgeNanos = profile.model().reasoningMaxAgeNanos();
        frames = new FrameInputs(bus, profile.cameras());
        instruction = new InstructionInput(bus);
        states = new NewestSubscription(bus.subscription(StreamId.JOINT_STATE), profile.arms().size(), STATE_BYTES);
        reasonings = new NewestSubscription(bus.subscription(StreamId.REASONING), 1, StreamId.SMALL_MESSAGE_BYTES);
        reasoning = reasonings.at(0);
        intake = new Intake(
            "action-intake", clock, frames.subscription(), instruction.subscription(), states, reasonings);
    }

    /** Fills the request with the newest of everything; false, and counted, when something is missing or too old. */
    boolean read(final ChunkPolicy.Request request, final long nowNanos) {
        instruction.changed();
        if (!instruction.isPresent()) {
            noInstruction.increment();
            return false;
        }
        request.instruction = instruction.text();
        return readStates(request, nowNanos) && (!reasons || readReasoning(request, nowNanos)) && readFrames(request, nowNanos);
    }

    private boolean readStates(final ChunkPolicy.Request request, final long nowNanos) {
        stateMeasuredAtNanos = Long.MAX_VALUE;
        playedSequence = NOT_KNOWN;
        for (int arm = 0; arm < states.sources(); arm++) {
            final NewestValue newest = states.at(arm);
            newest.take();
            if (!newest.isFresh(nowNanos, stateMaxAgeNanos)) {
                staleState.increment();
                return false;
            }
            state.wrapAndApplyHeader(newest.buffer(), 0, header);
            if (state.mode() != MotionMode.PLAYING && state.mode() != MotionMode.HOLDING) {
                armsBusy.increment();
                return false;
            }
            stateMeasuredAtNanos = Math.min(stateMeasuredAtNanos, newest.observedAtNanos());
            playedSequence = playedSequence == NOT_KNOWN || playedSequence == state.chunkSequence() ? state.chunkSequence() : 0;
            StateColumns.readPositions(state, axes[arm]);
            columns.write(arm, axes[arm], request.state);
        }
        return true;
    }

    private boolean readReasoning(final ChunkPolicy.Request request, final long nowNanos) {
        reasoning.take();
        // A reasoning about what was seen before the instruction was given is about something else.
        if (!reasoning.isFresh(nowNanos, reasoningMaxAgeNanos) || reasoning.observedAtNanos() < instruction.givenAtNanos()) {
            staleReasoning.increment();
            return false;
        }
        if (reasoning.sequence() == readReasoningSequence && reasoning.publishedAtNanos() == readReasoningPublishedAtNanos) {
            return true;
        }
        readReasoningSequence = reasoning.sequence();
        readReasoningPublishedAtNanos = reasoning.publishedAtNanos();
        thought.wrapAndApplyHeader(reasoning.buffer(), 0, header);
        thought.wrapEmbedding(embedding);
        request.reasoningSize = embedding.capacity() / Float.BYTES;
        if (request.reasoningEmbedding.length < request.reasoningSize) {
            request.reasoningEmbedding = new float[request.reasoningSize];
        }
        Float32.read(embedding, 0, request.reasoningEmbedding, request.reasoningSize);
        request.reasoning = thought.text();
        return true;
    }

    private boolean readFrames(final ChunkPolicy.Request request, final long nowNanos) {
        if (!frames.match(nowNanos)) {
            staleFrame.increment();
            return false;
        }
        observedAtNanos = Math.min(stateMeasuredAtNanos, frames.observedAtNanos());
        return frames.read(request.pictures);
    }

    /** The chunk that all arms played when they were measured; 0 if they played none, or not the same one. */
    long playedSequence() {
        return playedSequence;
    }

    /** The oldest observation among what was read last. */
    long observedAtNanos() {
        return observedAtNanos;
    }

    /** From the oldest to the newest of the pictures that were read last. */
    long frameSkewNanos() {
        return frames.skewNanos();
    }

    /** When the older of the arms' states was measured: the moment that the chunk begins with. */
    long stateMeasuredAtNanos() {
        return stateMeasuredAtNanos;
    }

    /** Of the reasoning that was read last; {@link ActionChunk#NO_REASONING} where the profile wants none. */
    long reasoningObservedAtNanos() {
        return reasons ? reasoning.observedAtNanos() : ActionChunk.NO_REASONING;
    }

    /** Likewise, from 1; 0 for none. */
    long reasoningSequence() {
        return reasons ? reasoning.sequence() : 0;
    }

    StageAgent intake() {
        return intake;
    }

    /** No instruction has been heard. */
    public Count noInstruction() {
        return noInstruction;
    }

    /** An arm was doing something else than playing chunks or holding for one. */
    public Count armsBusy() {
        return armsBusy;
    }

    /** Pictures that were not of their camera's size. */
    public Count wrongSizeFrame() {
        return frames.wrongSize();
    }

    /** An arm's state was missing or too old. */
    public Count staleState() {
        return staleState;
    }

    /** A camera's picture was missing or too old. */
    public Count staleFrame() {
        return staleFrame;
    }

    /** There was no reasoning, or it was too old or about another task. */
    public Count staleReasoning() {
        return staleReasoning;
    }
}
