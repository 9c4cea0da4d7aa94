package dev.continuo.hardware.franka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import jdk.net.ExtendedSocketOptions;

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

    private final String peer;
    private final SocketChannel channel;
    private final LongSupplier clock;
    private final long timeoutNanos;
    private final AnswerStream<A> answers;

    /**
     * Connects.
     *
     * @param peer         for messages, for example {@code the robot at 172.16.0.2:1337}
     * @param clock        nanoseconds
     * @param timeoutNanos for connecting, and for each answer that is waited for
     * @throws FrankaException when nobody is there
     */
    RequestChannel(final String peer, final InetSocketAddress address, final AnswerStream.Framing<A> framing, final LongSupplier clock, final long timeoutNanos) {
        this.peer = peer;
        answers = new AnswerStream<>(peer, framing);
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
            int read = channel.read(answers.room());
            while (read > 0) {
                any = true;
                answers.split();
                read = channel.read(answers.room());
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
        return answers.take(request);
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

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException ignored) {
            // What is to be gone is gone.
        }
    }
}
