package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.Delivery;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.latency.Count;
import dev.continuo.actors.message.ActionChunkEncoder;
import dev.continuo.actors.message.Float32;
import dev.continuo.actors.message.MessageHeaderEncoder;
import dev.continuo.config.ChunkStrategy;
import dev.continuo.config.PlaybackProfile;
import dev.continuo.config.Profile;
import dev.continuo.policy.playback.PublishedChunk;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * Publishes an action chunk in time for each execution horizon: from the newest pictures and states and, unless the profile wants none, the latest finished
 * reasoning, however old that is within its limit. It never waits for a reasoning.
 *
 * <p>The policy runs within {@link #doWork}; messages are received by {@link #intake} meanwhile. A chunk is begun as much before it is
 * wanted as the last ones took to compute; or, where the strategy is synchronous, when the horizon is over and the arms stand.
 */
public final class ActionAgent extends TimedStageAgent {
    private static final long POLL_NANOS = 1_000_000L;
    /** The weight of the newest duration in the estimate of the next. */
    private static final double NEWEST_WEIGHT = 0.25;
    /** Rows beyond the one that is due which bend the curve there: with them a takeover is smooth. */
    private static final int CURVE_ROWS = 2;

    private final ChunkPolicy policy;
    private final PlaybackProfile playback;
    private final int columns;
    private final Settings settings;
    private final ActionInputs inputs;
    private final ChunkPolicy.Request request;
    private final BusPublication publication;
    private final float[] rows;
    private final UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(StreamId.SMALL_MESSAGE_BYTES));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ActionChunkEncoder encoder = new ActionChunkEncoder();
    private final UnsafeBuffer rowBytes;
    private final boolean synchronous;
    private final boolean realTime;
    private final PublishedChunk last;
    private final DelayForecast delay;

    private final Count published = new Count();
    private final Count refused = new Count();
    private final Count unusable = new Count();
    private final Count late = new Count();
    private final Count lateWhileReasoning = new Count();
    private final Count continued = new Count();
    private final Count tooSlowToContinue = new Count();

    private long plannedStartNanos = Long.MIN_VALUE;
    private long estimateNanos;
    private boolean pending;
    private long pendingUntilNanos;
    private long startedAtNanos;
    private long lastDeliveryNanos;
    private long sequence;

    /**
     * How the agent acts.
     *
     * @param stateMaxAgeNanos  the age past which an arm's state is not used any more
     * @param assumedNanos      under a virtual clock, which does not advance while the policy runs: how long a chunk is taken to
     *                          last; 0 under a real one
     * @param reasoningInFlight tells whether a reasoning is being computed right now, to attribute lateness
     */
    public record Settings(long stateMaxAgeNanos, long assumedNanos, BooleanSupplier reasoningInFlight) {
    }

    /** An agent for the cell of the given profile; {@code policy} is closed with it. */
    public ActionAgent(
        final ChunkPolicy policy, final Profile profile, final Settings settings, final Bus bus, final NanoClock clock) {
        super("action", clock, POLL_NANOS);
        this.policy = policy;
        this.settings = settings;
        playback = profile.playback();
        columns = profile.columns();
        inputs = new ActionInputs(profile, settings.stateMaxAgeNanos, bus, clock);
        request = ChunkPolicy.Request.of(profile);
        publication = bus.publication(StreamId.ACTION_CHUNK);
        rows = new float[playback.chunkRows() * columns];
        rowBytes = new UnsafeBuffer(new byte[rows.length * Float.BYTES]);
        estimateNanos = settings.assumedNanos;
        synchronous = playback.strategy() instanceof ChunkStrategy.Synchronous;
        realTime = playback.strategy() instanceof ChunkStrategy.RealTime;
        last = new PublishedChunk(playback.chunkRows(), columns, playback.rowPeriodNanos());
        delay = new DelayForecast(playback.rowPeriodNanos());
    }

    @Override
    public int doWork() {
        final long nowNanos = clock.nanoTime();
        aliveAtNanos.set(nowNanos);
        if (pending) {
            return publishWhenDue(nowNanos);
        }
        if (nowNanos < plannedStartNanos) {
            return 0;
        }
        if (!inputs.read(request, nowNanos)) {
            plannedStartNanos = Long.MIN_VALUE; // begin as soon as the inputs are there; that is not lateness
            return 0;
        }
        noteLateness(nowNanos);
        continuePlaying();
        startedAtNanos = nowNanos;
        if (!policy.chunk(request, rows)) {
            unusable.increment();
            plannedStartNanos = nowNanos + playback.rowPeriodNanos();
            return 1;
        }
        pending = true;
        pendingUntilNanos = nowNanos + settings.assumedNanos;
        publishWhenDue(clock.nanoTime());
        return 1;
    }

    /** Only what all arms do play: a chunk that came too late, or while they did something else, is not continued. */
    private void continuePlaying() {
        request.planned.rows = 0;
        request.planned.committed = 0;
        if (realTime && sequence > 0 && inputs.playedSequence() == sequence) {
            last.continueIn(inputs.stateMeasuredAtNanos(), delay.rows() + CURVE_ROWS, request.planned);
            (request.planned.rows > 0 ? continued : tooSlowToContinue).increment();
        }
    }

    private void noteLateness(final long nowNanos) {
        if (plannedStartNanos == Long.MIN_VALUE || nowNanos - plannedStartNanos <= playback.rowPeriodNanos()) {
            return;
        }
        late.increment();
        if (settings.reasoningInFlight.getAsBoolean()) {
            lateWhileReasoning.increment();
        }
    }

    private int publishWhenDue(final long nowNanos) {
        if (nowNanos < pendingUntilNanos) {
            return 0;
        }
        pending = false;
        publish(nowNanos);
        planNext(nowNanos);
        return 1;
    }

    private void publish(final long nowNanos) {
        final int rowCount = synchronous ? playback.executionHorizon() : playback.chunkRows();
        final long firstRowAtNanos = synchronous ? nowNanos : inputs.stateMeasuredAtNanos();
        delay.measured(nowNanos - firstRowAtNanos);
        last.keep(rows, firstRowAtNanos);
        Float32.write(rowBytes, 0, rows, rowCount * columns);
        encoder.wrapAndApplyHeader(message, 0, header)
            .observedAtNanos(inputs.observedAtNanos())
            .publishedAtNanos(nowNanos)
            .sequence(++sequence)
            .index(0)
            .reasoningObservedAtNanos(inputs.reasoningObservedAtNanos())
            .reasoningSequence(inputs.reasoningSequence())
            .firstRowAtNanos(firstRowAtNanos)
            .rowPeriodNanos(playback.rowPeriodNanos())
            .inferenceNanos(nowNanos - startedAtNanos)
            .rows(rowCount)
            .columns(columns)
            .frameSkewNanos(inputs.frameSkewNanos())
            .continuedSequence(request.planned.rows > 0 ? sequence - 1 : 0)
            .committedRows(request.planned.committed)
            .putValues(rowBytes, 0, rowCount * columns * Float.BYTES);
        final Delivery delivery = publication.offer(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
        if (delivery == Delivery.SENT) {
            published.increment();
        } else {
            refused.increment();
        }
    }

    /** The next chunk is wanted one horizon after this one; a delay is not made up for by hurrying the chunks after it. */
    private void planNext(final long nowNanos) {
        final long tookNanos = nowNanos - startedAtNanos;
        estimateNanos = estimateNanos == 0 ? tookNanos : (long)(estimateNanos + NEWEST_WEIGHT * (tookNanos - estimateNanos));
        final long horizonNanos = playback.executionHorizon() * playback.rowPeriodNanos();
        if (synchronous) {
            plannedStartNanos = nowNanos + horizonNanos;
            return;
        }
        final boolean inRhythm = published.get() > 1 && nowNanos - lastDeliveryNanos < horizonNanos + playback.rowPeriodNanos();
        lastDeliveryNanos = inRhythm ? lastDeliveryNanos + horizonNanos : nowNanos;
        plannedStartNanos = Math.max(nowNanos, lastDeliveryNanos + horizonNanos - estimateNanos);
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(policy, publication);
    }

    /** Chunks sent. */
    public Count published() {
        return published;
    }

    /** Chunks that the bus did not take. */
    public Count refused() {
        return refused;
    }

    /** Chunks that the policy computed to something else than finite numbers; each is followed by another attempt. */
    public Count unusable() {
        return unusable;
    }

    /** Chunks begun more than a row's period after they were due. */
    public Count late() {
        return late;
    }

    /** Those of the late chunks that were begun while a reasoning was being computed. */
    public Count lateWhileReasoning() {
        return lateWhileReasoning;
    }

    /** Chunks that were sampled to continue the one that played. */
    public Count continued() {
        return continued;
    }

    /** Chunks that could not continue the one that played: it would have been over, or nearly so, before they take over. */
    public Count tooSlowToContinue() {
        return tooSlowToContinue;
    }

    /** What kept chunks from being begun. */
    public ActionInputs inputs() {
        return inputs;
    }

    @Override
    public StageAgent intake() {
        return inputs.intake();
    }
}
