package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.NewestSubscription;
import dev.continuo.actors.bus.NewestValue;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.ActionChunkDecoder;
import dev.continuo.actors.message.Float32;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.config.PlaybackProfile;
import dev.continuo.policy.playback.ActionChunk;
import dev.continuo.policy.playback.ChunkPlayback;
import dev.continuo.policy.playback.ChunkVerdict;
import org.agrona.concurrent.UnsafeBuffer;

/** Takes action chunks off the bus and offers the newest to an arm's playback. */
final class ChunkInput implements AutoCloseable {
    private final NewestSubscription subscription;
    private final NewestValue newest;
    private final ActionChunkDecoder decoder = new ActionChunkDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final UnsafeBuffer values = new UnsafeBuffer(0, 0);
    private final ActionChunk chunk;
    private final long rowPeriodNanos;
    private final long maxAgeNanos;
    private final ArmCounts counts;

    ChunkInput(final Bus bus, final PlaybackProfile profile, final int columns, final ArmCounts counts) {
        this.counts = counts;
        subscription = new NewestSubscription(bus.subscription(StreamId.ACTION_CHUNK), 1, StreamId.SMALL_MESSAGE_BYTES);
        newest = subscription.at(0);
        chunk = new ActionChunk(profile.chunkRows(), columns);
        rowPeriodNanos = profile.rowPeriodNanos();
        maxAgeNanos = profile.chunkMaxAgeNanos();
    }

    NewestSubscription subscription() {
        return subscription;
    }

    /**
     * Takes in what has arrived.
     *
     * @param dueNanos       the time that the next setpoint is sampled for
     * @param notBeforeNanos chunks from observations before this belong to what was played before
     */
    int poll(final long nowNanos, final long dueNanos, final ChunkPlayback playback, final boolean wanted, final long notBeforeNanos) {
        final int work = subscription.poll(nowNanos);
        if (newest.take() && wanted) {
            final boolean accepted = newest.observedAtNanos() >= notBeforeNanos && read()
                && playback.offer(chunk, dueNanos) == ChunkVerdict.ACCEPTED;
            (accepted ? counts.chunksAccepted : counts.chunksRefused).increment();
        }
        return work;
    }

    /** Fills the chunk; false when it is not of the shape that this cell plays. */
    private boolean read() {
        decoder.wrapAndApplyHeader(newest.buffer(), 0, header);
        final int count = decoder.rows() * decoder.columns();
        if (decoder.columns() != chunk.columns || count > chunk.values.length || decoder.rowPeriodNanos() != rowPeriodNanos) {
            return false;
        }
        final long delayNanos = decoder.firstRowAtNanos() - decoder.observedAtNanos();
        if (delayNanos < 0 || delayNanos > maxAgeNanos) {
            return false;
        }
        chunk.rows = decoder.rows();
        chunk.sequence = decoder.sequence();
        chunk.observedAtNanos = decoder.observedAtNanos();
        chunk.firstRowDelayNanos = delayNanos;
        chunk.reasoningObservedAtNanos = decoder.reasoningObservedAtNanos();
        decoder.wrapValues(values);
        Float32.read(values, 0, chunk.values, count);
        return true;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
