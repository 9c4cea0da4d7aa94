package dev.continuo.hardware.franka;

import dev.continuo.hardware.linux.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A connected Franka: its states, its settings, and its motions one at a time. For one thread.
 */
public final class FrankaRobot implements AutoCloseable {
    private static final long RECOVERY_NANOS = 30_000_000_000L;

    private final FciConnection connection;
    private final StateStream states;
    private final LongSupplier clock;
    private final long timeoutNanos;

    private FrankaRobot(final FciConnection connection, final StateStream states, final LongSupplier clock, final long timeoutNanos) {
        this.connection = connection;
        this.states = states;
        this.clock = clock;
        this.timeoutNanos = timeoutNanos;
    }

    /**
     * Connects, in the version that the robot speaks. States begin to come at once; {@link #await} the first.
     *
     * @param address      of the robot's commands, usually with {@link FciConnection#PORT}
     * @param clock        nanoseconds
     * @param timeoutNanos for whatever the robot has to say
     * @throws FrankaException when there is no robot, or none that speaks a version that is spoken here
     */
    public static FrankaRobot connect(final InetSocketAddress address, final LongSupplier clock, final long timeoutNanos) {
        final UdpSocket socket = new UdpSocket(0);
        try {
            if (!address.isUnresolved()) {
                socket.expect(address.getAddress());
            }
            final FciConnection connection = FciConnection.open(address, socket.port(), clock, timeoutNanos);
            return new FrankaRobot(connection, new StateStream(connection.version(), socket, clock), clock, timeoutNanos);
        } catch (final FrankaException failure) {
            socket.close();
            throw failure;
        }
    }

    /** The version that is spoken. */
    public FciVersion version() {
        return connection.version();
    }

    /** The robot for people, for example {@code the robot at 172.16.0.2:1337}. */
    public String name() {
        return connection.robot();
    }

    /**
     * Waits for a newer state.
     *
     * @param waitNanos how long at most; 0 only looks
     * @return whether there was one
     * @throws FrankaException when the robot has hung up
     */
    public boolean await(final long waitNanos) {
        connection.poll();
        return states.await(waitNanos);
    }

    /**
     * Waits for a state without taking it in.
     *
     * @param waitNanos how long at most, rounded up to milliseconds; 0 only looks
     * @return whether one is there
     */
    public boolean isStateWaiting(final long waitNanos) {
        return states.isWaiting(waitNanos);
    }

    /** The newest state; before the first, all of it is zero. Another object after each {@link #await}. */
    public RobotState state() {
        return states.state();
    }

    /** States that never came, by the gaps in the robot's counter. */
    public long lost() {
        return states.lost();
    }

    /**
     * Sets something, or has something done: any request but a motion.
     *
     * @throws FrankaException          when the robot refuses, with what it says, or does not answer
     * @throws IllegalArgumentException when the version does not have the request
     */
    public FciAnswer demand(final FciRequest request) {
        return connection.demand(request);
    }

    /**
     * Sends a request without waiting for what comes of it; {@link #await} takes in answers, too.
     *
     * @return its number, by which to {@link #take} the answer
     * @throws FrankaException          when the robot has hung up
     * @throws IllegalArgumentException when the version does not have the request
     */
    public int send(final FciRequest request) {
        return connection.send(request);
    }

    /** The answer to a request that was sent, if it has come and has not been taken. */
    public Optional<FciAnswer> take(final int request) {
        return connection.take(request);
    }

    /**
     * Clears the errors that ended a motion, as far as the robot can by itself, which takes a real one up to seven seconds; waits for it.
     *
     * @throws FrankaException when the robot cannot, with what it says, or does not answer
     */
    public void recover() {
        connection.demand(new FciRequest.Plain(FciCommand.AUTOMATIC_ERROR_RECOVERY), Math.max(timeoutNanos, RECOVERY_NANOS));
    }

    /**
     * The robot's own description, URDF; nothing when the version has none, or the robot keeps it to itself, as some do while safety rules are active.
     *
     * @throws FrankaException when it does not answer
     */
    public Optional<String> description() {
        if (!FciCommand.GET_ROBOT_MODEL.in(version())) {
            return Optional.empty();
        }
        final FciAnswer answer = connection.await(connection.send(new FciRequest.Plain(FciCommand.GET_ROBOT_MODEL)));
        return answer.is(FciStatus.SUCCESS) ? Optional.of(new String(answer.rest(), StandardCharsets.UTF_8)) : Optional.empty();
    }

    /**
     * Requests a motion.
     *
     * @throws FrankaException when one is running
     */
    public FrankaMotion begin(final FciRequest.Move move) {
        return new FrankaMotion(connection, states, move, clock, timeoutNanos);
    }

    /** Ends whatever motion is running; whoever awaits it learns that it was preempted. */
    public void stop() {
        demand(new FciRequest.Plain(FciCommand.STOP_MOVE));
    }

    @Override
    public void close() {
        connection.close();
        states.close();
    }
}
