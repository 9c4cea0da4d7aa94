package dev.continuo.hardware.can;

import dev.continuo.config.ProfileException;
import dev.continuo.config.TransportProfile;

/**
 * One classic CAN 2.0A bus with 11-bit identifiers.
 *
 * <p>A frame's data is one {@code long}: byte D0 in the most significant eight bits. No call blocks or allocates. All calls come
 * from one thread, the arm's.
 */
public interface CanBus extends AutoCloseable {

    /**
     * The bus of a profile. A local socket need not exist yet; a tty must, and a CAN interface must and be up.
     *
     * @throws ProfileException if the transport cannot be used
     */
    static CanBus open(final TransportProfile transport) {
        return switch (transport) {
            case TransportProfile.LocalSocket socket -> new LocalSocketCanBus(socket.path());
            case TransportProfile.Slcan slcan -> new SlcanBus(slcan.tty(), slcan.batchFrames());
            case TransportProfile.SocketCan socketCan -> new SocketCanBus(socketCan.interfaceName());
        };
    }

    /**
     * Queues one frame; it may be held back until {@link #flush()}.
     *
     * @param id     11-bit identifier
     * @param data   up to eight bytes, D0 most significant
     * @param length bytes used, 0 to 8
     * @return false if the bus could not take it (disconnected, or its queue is full); the frame is dropped and counted
     */
    boolean send(int id, long data, int length);

    /** Hands what was queued to the bus, in one write where the transport can. */
    void flush();

    /**
     * Delivers received frames.
     *
     * @param nowNanos stamped on the frames, as the time of reception; a transport that knows how long a frame has waited stamps it so much earlier
     * @param limit    frames at most
     * @return frames delivered
     */
    int poll(CanFrameHandler handler, long nowNanos, int limit);

    /** Whether frames can be exchanged at present. */
    boolean isConnected();

    /** Frames that were dropped on the way out since the start. */
    long droppedFrames();

    /** Received input that was no well-formed frame, since the start. */
    long malformedFrames();

    /** One line on how the bus is reached and what it last complained of; for people, not for the control path. */
    String describe();

    @Override
    void close();
}
