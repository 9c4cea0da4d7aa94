package dev.continuo.hardware.franka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import jdk.net.ExtendedSocketOptions;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A TCP connection on which numbered requests go and answers come in any order, in pieces, and perhaps several to one request. What is not answered in time, and a
 * peer that hangs up, is an error. For one thread.
 *
 * @param <A> answers
 */
final class RequestChannel<A> implements AutoCloseable {
    private static final long PAUSE_NANOS = 50_000;
    /** Of a peer that says nothing, a second apart, before it counts as gone. */
    private static final int PROBES = 3;
    private static final int FIRST_CAPACITY = 1 << 16;

    /**
     * What a message looks like.
     *
     * @param <A> answers
     */
    interface Framing<A> {
        /** Bytes from which {@link #length} and {@link #request} can be read. */
        int headerBytes();

        /**
         * Bytes of the whole message.
         *
         * @throws FrankaException when it is none
         */
        int length(DirectBuffer received, int at);

        /** The number of the request that it answers. */
        int request(DirectBuffer received, int at);

        /** The answer. */
        A answer(DirectBuffer received, int at, int length);
    }

    private record Numbered<A>(int request, A answer) {
    }

    private final String peer;
    private final Framing<A> framing;
    private final SocketChannel channel;
    private final LongSupplier clock;
    private final long timeoutNanos;
    private final ArrayDeque<Numbered<A>> answers = new ArrayDeque<>();
    private ByteBuffer receiving = ByteBuffer.allocateDirect(FIRST_CAPACITY);

    /**
     * Connects.
     *
     * @param peer         for messages, for example {@code the robot at 172.16.0.2:1337}
     * @param clock        nanoseconds
     * @param timeoutNanos for connecting, and for each answer that is waited for
     * @throws FrankaException when nobody is there
     */
    RequestChannel(final String peer, final InetSocketAddress address, final Framing<A> framing, final LongSupplier clock, final long timeoutNanos) {
        this.peer = peer;
        this.framing = framing;
        this.clock = clock;
        this.timeoutNanos = timeoutNanos;
        if (address.isUnresolved()) {
            throw new FrankaException(peer + ": no such host");
        }
        try {
            channel = SocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 1);
                channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 1);
                channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
                channel.socket().connect(address, Math.toIntExact(timeoutNanos / 1_000_000));
                channel.configureBlocking(false);
            } catch (final IOException failure) {
                channel.close();
                throw failure;
            }
        } catch (final IOException failure) {
            throw new FrankaException("cannot connect to " + peer + ": " + failure.getMessage(), failure);
        }
    }

    /**
     * Sends a message.
     *
     * @param message from its position to its limit
     * @param name    of the request, for messages
     * @throws FrankaException when the peer has hung up or does not take it
     */
    void send(final ByteBuffer message, final String name) {
        final long deadline = clock.getAsLong() + timeoutNanos;
        try {
            while (message.hasRemaining()) {
                if (channel.write(message) == 0) {
                    if (clock.getAsLong() - deadline > 0) {
                        throw new FrankaException(peer + " does not take " + name);
                    }
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (final IOException failure) {
            throw new FrankaException(peer + " hung up before " + name + ": " + failure.getMessage(), failure);
        }
    }

    /**
     * Takes in what has come; neither blocks, nor allocates while nothing has.
     *
     * @throws FrankaException when the peer has hung up and nothing came before that, or sent what is no answer
     */
    void poll() {
        try {
            boolean any = false;
            int read = channel.read(receiving);
            while (read > 0) {
                any = true;
                split();
                read = channel.read(receiving);
            }
            if (read < 0 && !any) {
                throw new FrankaException(peer + " hung up");
            }
        } catch (final IOException failure) {
            throw new FrankaException(peer + " hung up: " + failure.getMessage(), failure);
        }
    }

    /** The answer to a request, if it has come and has not been taken; of several the earliest. */
    Optional<A> take(final int request) {
        if (answers.isEmpty()) {
            return Optional.empty();
        }
        for (final Iterator<Numbered<A>> left = answers.iterator(); left.hasNext(); ) {
            final Numbered<A> next = left.next();
            if (next.request == request) {
                left.remove();
                return Optional.of(next.answer);
            }
        }
        return Optional.empty();
    }

    /**
     * Waits for the answer to a request.
     *
     * @throws FrankaException when it does not come in time
     */
    A await(final int request, final long patienceNanos) {
        final long deadline = clock.getAsLong() + patienceNanos;
        while (true) {
            poll();
            final Optional<A> answer = take(request);
            if (answer.isPresent()) {
                return answer.get();
            }
            if (clock.getAsLong() - deadline > 0) {
                throw new FrankaException(peer + " did not answer request " + request + " within " + patienceNanos / 1_000_000 + " ms");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Takes whole messages out of what was received. */
    private void split() {
        receiving.flip();
        final UnsafeBuffer received = new UnsafeBuffer(receiving);
        int missing = framing.headerBytes();
        while (receiving.remaining() >= framing.headerBytes()) {
            final int at = receiving.position();
            final int length = framing.length(received, at);
            if (receiving.remaining() < length) {
                missing = length;
                break;
            }
            answers.add(new Numbered<>(framing.request(received, at), framing.answer(received, at, length)));
            receiving.position(at + length);
        }
        if (missing > receiving.capacity()) {
            receiving = ByteBuffer.allocateDirect(missing).put(receiving);
        } else {
            receiving.compact();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException ignored) {
            // What is to be gone is gone.
        }
    }
}
