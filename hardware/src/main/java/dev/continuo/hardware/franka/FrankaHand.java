package dev.continuo.hardware.franka;

import dev.continuo.hardware.linux.UdpSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A connected Franka Hand. Requests are sent and their answers taken when they come, which on a real hand is about a second later: nothing waits but {@link #connect}, so that a hand
 * can be told otherwise in the middle of a motion. For one thread.
 */
public final class FrankaHand implements AutoCloseable {
    private final String hand;
    private final RequestChannel<HandAnswers.Answer> channel;
    private final UdpSocket socket = new UdpSocket(0);
    private final Arena arena = Arena.ofShared();
    private final MemorySegment datagram = arena.allocate(HandState.BYTES, Integer.BYTES);
    private final UnsafeBuffer datagramBuffer = new UnsafeBuffer(datagram.asByteBuffer());
    private final ByteBuffer sending = ByteBuffer.allocateDirect(HandRequest.LONGEST);
    private Optional<HandState> state = Optional.empty();
    private int requests;

    /**
     * Connects.
     *
     * @param address      of the hand, usually with {@link HandRequest#PORT}
     * @param clock        nanoseconds
     * @param timeoutNanos for connecting
     * @throws FrankaException when there is no hand, or one of another version
     */
    public static FrankaHand connect(final InetSocketAddress address, final LongSupplier clock, final long timeoutNanos) {
        final FrankaHand hand = new FrankaHand(address, clock, timeoutNanos);
        try {
            hand.socket.expect(address.getAddress());
            final HandAnswers.Answer answer = hand.channel.await(hand.send(new HandRequest.Connect(HandRequest.VERSION, hand.socket.port())), timeoutNanos);
            if (answer.status() != 0) {
                throw new FrankaException(hand.hand + " speaks version " + answer.version() + ", this driver " + HandRequest.VERSION);
            }
            return hand;
        } catch (final FrankaException failure) {
            hand.close();
            throw failure;
        }
    }

    private FrankaHand(final InetSocketAddress address, final LongSupplier clock, final long timeoutNanos) {
        hand = "the hand at " + address.getHostString() + ':' + address.getPort();
        try {
            channel = new RequestChannel<>(hand, address, new HandAnswers(hand), clock, timeoutNanos);
        } catch (final FrankaException failure) {
            socket.close();
            arena.close();
            throw failure;
        }
    }

    /**
     * Sends a request.
     *
     * @return its number, by which to ask for the answer
     * @throws FrankaException when the hand has hung up
     */
    public int send(final HandRequest request) {
        sending.clear().limit(request.write(requests, new UnsafeBuffer(sending), 0));
        channel.send(sending, request.getClass().getSimpleName());
        return requests++;
    }

    /**
     * Takes in what has come.
     *
     * @throws FrankaException when the hand has hung up
     */
    public void poll() {
        channel.poll();
        int bytes = socket.receive(datagram);
        while (bytes != UdpSocket.NOTHING) {
            if (bytes == HandState.BYTES) {
                final HandState next = HandState.read(datagramBuffer, 0);
                state = state.filter(newest -> newest.messageId() >= next.messageId()).or(() -> Optional.of(next));
            }
            bytes = socket.receive(datagram);
        }
    }

    /** The newest state; nothing before the first. */
    public Optional<HandState> state() {
        return state;
    }

    /**
     * The answer to a request, once it has come.
     *
     * @throws FrankaException when it is one that nobody knows
     */
    public Optional<HandStatus> take(final int request) {
        return channel.take(request).map(answer -> HandStatus.of(answer.status())
            .orElseThrow(() -> new FrankaException(hand + " answers with status " + answer.status() + ", which there is none")));
    }

    @Override
    public void close() {
        channel.close();
        if (arena.scope().isAlive()) {
            socket.close();
            arena.close();
        }
    }
}
