package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.Delivery;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.JointStateEncoder;
import dev.continuo.actors.message.MessageHeaderEncoder;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.hardware.ArmState;
import org.agrona.MutableDirectBuffer;

/** Publishes an arm's state, encoded straight into the stream. */
final class JointStateOutput implements AutoCloseable {
    private static final int GROUP_HEADER = 4;

    private final BusPublication publication;
    private final int index;
    private final int length;
    private final ArmCounts counts;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final JointStateEncoder encoder = new JointStateEncoder();
    private long sequence;

    JointStateOutput(final Bus bus, final int index, final int axes, final ArmCounts counts) {
        this.index = index;
        this.counts = counts;
        publication = bus.publication(StreamId.JOINT_STATE);
        length = MessageHeaderEncoder.ENCODED_LENGTH + JointStateEncoder.BLOCK_LENGTH + GROUP_HEADER
            + axes * JointStateEncoder.AxesEncoder.sbeBlockLength();
    }

    void publish(
        final ArmState state, final MotionMode mode, final double[] setpoint, final long chunkSequence, final long commandedAtNanos,
        final long nowNanos) {
        final MutableDirectBuffer space = publication.claim(length);
        if (space == null) {
            if (publication.refusal() != Delivery.NO_SUBSCRIBER) {
                counts.statesDropped.increment();
            }
            return;
        }
        encoder.wrapAndApplyHeader(space, 0, header)
            .observedAtNanos(Math.min(state.measuredAtNanos, nowNanos))
            .publishedAtNanos(nowNanos)
            .sequence(++sequence)
            .index(index)
            .mode(mode)
            .commandedAtNanos(commandedAtNanos)
            .chunkSequence(chunkSequence);
        final JointStateEncoder.AxesEncoder axes = encoder.axesCount(state.position.length);
        for (int axis = 0; axis < state.position.length; axis++) {
            axes.next()
                .position(state.position[axis])
                .velocity(state.velocity[axis])
                .effort(state.effort[axis])
                .setpoint(setpoint[axis]);
        }
        publication.commit();
    }

    @Override
    public void close() {
        publication.close();
    }
}
