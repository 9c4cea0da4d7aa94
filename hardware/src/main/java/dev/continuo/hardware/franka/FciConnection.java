package dev.continuo.hardware.franka;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.continuo.config.DriverProfile;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The TCP connection to a robot, on which requests go and answers come in any order; a Move has two. {@link #poll} takes in what has come and neither
 * blocks nor allocates while nothing has. What a robot does not answer in time, and a robot that hangs up, is an error: libfranka waits for both
 * for ever. For one thread.
 */
public final class FciConnection implements AutoCloseable {
    /** Where robots listen for commands. */
    public static final int PORT = DriverProfile.Franka.PORT;

    private static final int CONNECT_ANSWER_REST = 2;

    private final String robot;
    private final FciVersion version;
    private final FciRequestCodec codec;
    private final RequestChannel<FciAnswer> channel;
    private final long timeoutNanos;
    private final ByteBuffer sending = ByteBuffer.allocateDirect(FciRequestCodec.LONGEST);
    private int requests;

    private FciConnection(final InetSocketAddress address, final FciVersion version, final LongSupplier clock, final long timeoutNanos) {
        robot = "the robot at " + address.getHostString() + ':' + address.getPort();
        this.version = version;
        this.timeoutNanos = timeoutNanos;
        channel = new RequestChannel<>(robot, address, new FciAnswers(robot, version), clock, timeoutNanos);
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
            final FciConnection connection = new FciConnection(address, version, clock, timeoutNanos);
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
        channel.send(sending, request.command().documentedName());
        return requests++;
    }

    /**
     * Takes in what has come.
     *
     * @throws FrankaException when the robot has hung up and nothing came before that, or sent what is no answer
     */
    public void poll() {
        channel.poll();
    }

    /** The answer to a request, if it has come and has not been taken; of two the earlier one. */
    public Optional<FciAnswer> take(final int request) {
        return channel.take(request);
    }

    /**
     * Waits for the answer to a request.
     *
     * @throws FrankaException when it does not come in time
     */
    public FciAnswer await(final int request) {
        return channel.await(request, timeoutNanos);
    }

    /**
     * Sends a request, waits for its answer and expects that it succeeds.
     *
     * @throws FrankaException when it does not, with what the robot says
     */
    public FciAnswer demand(final FciRequest request) {
        return demand(request, timeoutNanos);
    }

    /** As {@link #demand(FciRequest)}, with a patience of its own. */
    FciAnswer demand(final FciRequest request, final long patienceNanos) {
        final FciAnswer answer = channel.await(send(request), patienceNanos);
        if (!answer.is(FciStatus.SUCCESS)) {
            throw new FrankaException(robot + ": " + answer.text());
        }
        return answer;
    }

    @Override
    public void close() {
        channel.close();
    }
}
