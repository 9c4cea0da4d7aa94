package dev.continuo.benchmarks.loop;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.ActionChunkEncoder;
import dev.continuo.actors.message.Float32;
import dev.continuo.actors.message.MessageHeaderEncoder;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.AxisVector;
import dev.continuo.config.PlaybackProfile;
import dev.continuo.config.Profile;
import org.agrona.concurrent.UnsafeBuffer;

/** Publishes chunks as a policy would, of which both arms sway about their ready poses. For one thread. */
final class ChunkSource implements AutoCloseable {
    private static final double AMPLITUDE_RADIANS = 0.1;
    private static final double AMPLITUDE_METRES = 0.005;
    private static final double RADIANS_PER_SECOND = 2;
    private static final double SECONDS_PER_NANO = 1e-9;

    private final PlaybackProfile playback;
    private final AxisVector[] centres;
    private final BusPublication publication;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[StreamId.SMALL_MESSAGE_BYTES]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ActionChunkEncoder encoder = new ActionChunkEncoder();
    private final int columns;
    private final float[] values;
    private final UnsafeBuffer valueBytes;
    private long sequence;

    ChunkSource(final Profile profile, final Bus bus) {
        playback = profile.playback();
        centres = profile.arms().stream().map(ArmProfile::readyPose).toArray(AxisVector[]::new);
        publication = bus.publication(StreamId.ACTION_CHUNK);
        columns = profile.columns();
        values = new float[playback.chunkRows() * columns];
        valueBytes = new UnsafeBuffer(new byte[values.length * Float.BYTES]);
    }

    /** How often chunks are due: each takes over in the middle of the one before. */
    long periodNanos() {
        return playback.executionHorizon() * playback.rowPeriodNanos() / 2;
    }

    /** Publishes the chunk of an observation at this moment. */
    void publish(final long nowNanos) {
        for (int row = 0; row < playback.chunkRows(); row++) {
            final double phase = RADIANS_PER_SECOND * SECONDS_PER_NANO * (nowNanos + row * playback.rowPeriodNanos());
            for (int column = 0; column < columns; column++) {
                final int axis = column % DriverProfile.Arx.AXES;
                final double amplitude = axis == DriverProfile.Arx.AXES - 1 ? AMPLITUDE_METRES : AMPLITUDE_RADIANS;
                values[row * columns + column] =
                    (float) (centres[column / DriverProfile.Arx.AXES].at(axis) + amplitude * Math.sin(phase + axis));
            }
        }
        Float32.write(valueBytes, 0, values, values.length);
        encoder.wrapAndApplyHeader(message, 0, header)
            .firstRowAtNanos(nowNanos)
            .observedAtNanos(nowNanos)
            .publishedAtNanos(nowNanos)
            .sequence(++sequence)
            .index(0)
            .reasoningObservedAtNanos(nowNanos)
            .reasoningSequence(1)
            .rowPeriodNanos(playback.rowPeriodNanos())
            .inferenceNanos(1)
            .rows(playback.chunkRows())
            .columns(columns)
            .frameSkewNanos(0)
            .continuedSequence(0).committedRows(0)
            .putValues(valueBytes, 0, valueBytes.capacity());
        publication.offer(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    @Override
    public void close() {
        publication.close();
    }
}
