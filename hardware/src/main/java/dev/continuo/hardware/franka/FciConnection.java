package dev.continuo.hardware.franka;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

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
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The TCP connection to a robot, on which requests go and answers come in any order; a Move has two. {@link #poll} takes in what has come and neither
 * blocks nor allocates while nothing has. What a robot does not answer in time, and a robot that hangs up, is an error: libfranka waits for both
 * for ever. For one thread.
 */
public final class FciConnection implements AutoCloseable {
    /** Where robots listen for commands. */
    public static final int PORT = 1337;

    private static final long PAUSE_NANOS = 50_000;
    /** Longer than any description of a robot, far shorter than what would fill the memory. */
    private static final int LONGEST_ANSWER = 16 << 20;
    private static final int FIRST_CAPACITY = 1 << 16;
    private static final int CONNECT_ANSWER_REST = 2;

    private final String robot;
    private final FciVersion version;
    private final FciRequestCodec codec;
    private final SocketChannel channel;
    private final LongSupplier clock;
    private final long timeoutNanos;
    private final ByteBuffer sending = ByteBuffer.allocateDirect(FciRequestCodec.LONGEST);
    private final ArrayDeque<Numbered> answers = new ArrayDeque<>();
    private ByteBuffer receiving = ByteBuffer.allocateDirect(FIRST_CAPACITY);
    private int requests;

    private record Numbered(int request, FciAnswer answer) {
    }

    private FciConnection(final String robot, final FciVersion version, final SocketChannel channel, final LongSupplier clock,
        final long timeoutNanos) {
        this.robot = robot;
        this.version = version;
        this.channel = channel;
        this.clock = clock;
        this.timeoutNanos = timeoutNanos;
        codec = new FciRequestCodec(version);
    }

    /**
     * Connects, in the version that the robot speaks: the newest is tried first, then what the robot says that it speaks.
     *
     * @param address      of the robot's commands
     * @param udpPort      where states are to be sent
     * @param clock        nanoseconds
     * @param timeoutNanos for connecting, and for each answer that is waited for
     * @throws FrankaException when there is no robot, or none that speaks a version that is spoken here
     */
    public static FciConnection open(final InetSocketAddress address, final int udpPort, final LongSupplier clock, final long timeoutNanos) {
        FciVersion version = FciVersion.FR3;
        while (true) {
            final FciConnection connection = connect(address, version, clock, timeoutNanos);
            final int spoken = connection.greet(udpPort);
            if (spoken == version.number()) {
                return connection;
            }
            connection.close();
            final FciVersion tried = version;
            version = FciVersion.of(spoken).filter(other -> other != tried).orElseThrow(() -> new FrankaException(
                connection.robot + " speaks FCI version " + spoken + ", this driver " + FciVersion.spoken()));
        }
    }

    private static FciConnection connect(
        final InetSocketAddress address, final FciVersion version, final LongSupplier clock, final long timeoutNanos) {
        final String robot = "the robot at " + address.getHostString() + ':' + address.getPort();
        if (address.isUnresolved()) {
            throw new FrankaException(robot + ": no such host");
        }
        try {
            final SocketChannel channel = SocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                channel.socket().connect(address, Math.toIntExact(timeoutNanos / 1_000_000));
                channel.configureBlocking(false);
                return new FciConnection(robot, version, channel, clock, timeoutNanos);
            } catch (final IOException failure) {
                channel.close();
                throw failure;
            }
        } catch (final IOException failure) {
            throw new FrankaException("cannot connect to " + robot + ": " + failure.getMessage(), failure);
        }
    }

    /** Announces the version; the one that the robot speaks. */
    private int greet(final int udpPort) {
        try {
            final FciAnswer answer = await(send(new FciRequest.Connect(version.number(), udpPort)));
            if (answer.rest().length < CONNECT_ANSWER_REST) {
                throw new FrankaException(robot + " answers Connect without saying what it speaks");
            }
            final int spoken = new UnsafeBuffer(answer.rest()).getShort(0, LITTLE_ENDIAN) & 0xFFFF;
            if (answer.is(spoken == version.number() ? FciStatus.SUCCESS : FciStatus.INCOMPATIBLE_VERSION)) {
                return spoken;
            }
            throw new FrankaException(robot + " answers " + answer.text() + " to FCI version " + version.number() + " and speaks " + spoken);
        } catch (final FrankaException failure) {
            close();
            throw failure;
        }
    }

    /** The version that is spoken. */
    public FciVersion version() {
        return version;
    }

    /** The robot for people, for example {@code the robot at 172.16.0.2:1337}. */
    public String robot() {
        return robot;
    }

    /**
     * Sends a request.
     *
     * @return its number, by which to ask for the answer
     * @throws IllegalArgumentException when the version does not have it
     * @throws FrankaException          when the robot has hung up
     */
    public int send(final FciRequest request) {
        final int length = codec.write(request, requests, new UnsafeBuffer(sending), 0);
        sending.clear().limit(length);
        final long deadline = clock.getAsLong() + timeoutNanos;
        try {
            while (sending.hasRemaining()) {
                if (channel.write(sending) == 0) {
                    pause(deadline, request.command());
                }
            }
        } catch (final IOException failure) {
            throw new FrankaException(robot + " hung up before " + request.command().documentedName() + ": " + failure.getMessage(), failure);
        }
        return requests++;
    }

    /**
     * Takes in what has come.
     *
     * @throws FrankaException when the robot has hung up and nothing came before that, or sent what is no answer
     */
    public void poll() {
        try {
            boolean any = false;
            int read = channel.read(receiving);
            while (read > 0) {
                any = true;
                split();
                read = channel.read(receiving);
            }
            if (read < 0 && !any) {
                throw new FrankaException(robot + " hung up");
            }
        } catch (final IOException failure) {
            throw new FrankaException(robot + " hung up: " + failure.getMessage(), failure);
        }
    }

    /** The answer to a request, if it has come and has not been taken; of two the earlier one. */
    public Optional<FciAnswer> take(final int request) {
        if (answers.isEmpty()) {
            return Optional.empty();
        }
        for (final Iterator<Numbered> left = answers.iterator(); left.hasNext(); ) {
            final Numbered next = left.next();
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
    public FciAnswer await(final int request) {
        final long deadline = clock.getAsLong() + timeoutNanos;
        while (true) {
            poll();
            final Optional<FciAnswer> answer = take(request);
            if (answer.isPresent()) {
                return answer.get();
            }
            if (clock.getAsLong() - deadline > 0) {
                throw new FrankaException(robot + " did not answer request " + request + " within " + timeoutNanos / 1_000_000 + " ms");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /**
     * Sends a request, waits for its answer and expects that it succeeds.
     *
     * @throws FrankaException when it does not, with what the robot says
     */
    public FciAnswer demand(final FciRequest request) {
        final FciAnswer answer = await(send(request));
        if (!answer.is(FciStatus.SUCCESS)) {
            throw new FrankaException(robot + ": " + answer.text());
        }
        return answer;
    }

    private void pause(final long deadline, final FciCommand command) {
        if (clock.getAsLong() - deadline > 0) {
            throw new FrankaException(robot + " does not take " + command.documentedName());
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** Takes whole answers out of what was received. */
    private void split() {
        receiving.flip();
        while (receiving.remaining() >= FciHeader.BYTES) {
            final FciHeader header = FciHeader.read(new UnsafeBuffer(receiving), receiving.position());
            final FciCommand command = FciCommand.of(version, header.command())
                .orElseThrow(() -> new FrankaException(robot + " answers command " + header.command() + ", which there is none"));
            if (header.bytes() <= FciHeader.BYTES || header.bytes() > LONGEST_ANSWER) {
                throw new FrankaException(robot + " sends an answer of " + header.bytes() + " bytes to " + command.documentedName());
            }
            if (receiving.remaining() < header.bytes()) {
                break;
            }
            final byte[] rest = new byte[header.bytes() - FciHeader.BYTES - 1];
            final int at = receiving.position() + FciHeader.BYTES;
            receiving.get(at + 1, rest);
            answers.add(new Numbered(header.request(), new FciAnswer(command, version, receiving.get(at) & 0xFF, rest)));
            receiving.position(receiving.position() + header.bytes());
        }
        makeRoom();
    }

    private void makeRoom() {
        final int wanted = receiving.remaining() < FciHeader.BYTES
            ? FIRST_CAPACITY : FciHeader.read(new UnsafeBuffer(receiving), receiving.position()).bytes();
        if (wanted > receiving.capacity()) {
            receiving = ByteBuffer.allocateDirect(wanted).put(receiving);
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
