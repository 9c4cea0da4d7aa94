package dev.continuo.simulation.franka;

import dev.continuo.hardware.franka.FciCommand;
import dev.continuo.hardware.franka.FciHeader;
import dev.continuo.hardware.franka.FciRequest;
import dev.continuo.hardware.franka.FciRequestCodec;
import dev.continuo.hardware.franka.FciStatus;
import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.RobotCommand;
import dev.continuo.hardware.franka.RobotState;
import dev.continuo.hardware.linux.UdpSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The robot's end of the Franka Control Interface, stepped once each millisecond by {@link #step}: takes in requests and commands, lets the robot move, sends its state.
 * One client at a time, as with a real robot. Requests that are none end the connection. For one thread.
 */
public final class FciServer implements AutoCloseable {
    private static final int LONGEST_REQUEST = 4096;
    private static final int WALL_BYTES = 3 * 8 + 16 * 8 + 1;

    private final SimulatedFranka robot;
    private final Consumer<String> journal;
    private final FciVersion version;
    private final FciRequestCodec codec;
    private final String description;
    private final ServerSocketChannel listening;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment stateSegment;
    private final MemorySegment commandSegment;
    private final RobotState state;
    private final RobotCommand newest;
    private final UnsafeBuffer newestBuffer;
    private final RobotCommand received;
    private final UnsafeBuffer receivedBuffer;
    private final ByteBuffer requests = ByteBuffer.allocateDirect(LONGEST_REQUEST);
    private SocketChannel client;
    private UdpSocket datagrams;
    private int moveRequest;
    private long counter;
    private long late;
    private long malformed;

    /**
     * Listens for clients.
     *
     * @param address port 0 for any that is free
     * @param journal is told, a line each, who comes and goes and why
     * @throws UncheckedIOException when the port is taken
     */
    public FciServer(final SimulatedFranka robot, final InetSocketAddress address, final Consumer<String> journal) {
        this.robot = robot;
        this.journal = journal;
        version = robot.version();
        codec = new FciRequestCodec(version);
        description = FrankaDescription.of(version);
        try {
            listening = ServerSocketChannel.open();
            listening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listening.bind(address);
            listening.configureBlocking(false);
        } catch (final IOException failure) {
            throw new UncheckedIOException(address + ": " + failure.getMessage(), failure);
        }
        stateSegment = arena.allocate(RobotState.bytes(version), Long.BYTES);
        commandSegment = arena.allocate(RobotCommand.bytes(version), Long.BYTES);
        state = new RobotState(version).wrap(new UnsafeBuffer(stateSegment.asByteBuffer()), 0);
        receivedBuffer = new UnsafeBuffer(commandSegment.asByteBuffer());
        received = new RobotCommand(version);
        newestBuffer = new UnsafeBuffer(new byte[RobotCommand.bytes(version)]);
        newest = new RobotCommand(version).wrap(newestBuffer, 0, newestBuffer.capacity());
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) listening.getLocalAddress();
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether somebody is connected. */
    public boolean connected() {
        return client != null;
    }

    /** Commands that answered another state than the newest. */
    public long late() {
        return late;
    }

    /** Datagrams that were no commands. */
    public long malformed() {
        return malformed;
    }

    /** Leaves the client alone, as when the robot is switched off or the cable is pulled. */
    public void hangUp() {
        dismiss("the robot has hung up");
    }

    /** One millisecond. */
    public void step() {
        if (client != null) {
            serve();
        }
        welcome();
        if (takeCommands()) {
            robot.cycle(newest);
        } else {
            robot.cycle();
        }
        counter++;
        if (datagrams != null) {
            robot.describe(state);
            state.messageId(counter);
            datagrams.answer(stateSegment, stateSegment.byteSize());
        }
        if (client != null) {
            robot.takeEnd().ifPresent(status -> answer(FciCommand.MOVE, moveRequest, status));
        }
    }

    private void welcome() {
        try {
            final SocketChannel other = listening.accept();
            if (other == null) {
                return;
            }
            if (client != null) {
                journal.accept(other.getRemoteAddress() + " is turned away: " + client.getRemoteAddress() + " is connected");
                other.close();
                return;
            }
            other.configureBlocking(false);
            other.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client = other;
            requests.clear();
        } catch (final IOException failure) {
            journal.accept("a client could not be welcomed: " + failure.getMessage());
        }
    }

    private void serve() {
        try {
            final int read = client.read(requests);
            if (read < 0) {
                dismiss("the client has hung up");
                return;
            }
            requests.flip();
            while (client != null && requests.remaining() >= FciHeader.BYTES && handleNext()) {
                // As many as there are.
            }
            requests.compact();
        } catch (final IOException failure) {
            dismiss(failure.getMessage());
        }
    }

    /** Handles a request if it is whole. */
    private boolean handleNext() {
        final UnsafeBuffer buffer = new UnsafeBuffer(requests);
        final int at = requests.position();
        final FciHeader header = FciHeader.read(buffer, at);
        if (header.bytes() < FciHeader.BYTES || header.bytes() > LONGEST_REQUEST) {
            dismiss("a request of " + header.bytes() + " bytes");
            return false;
        }
        if (requests.remaining() < header.bytes()) {
            return false;
        }
        requests.position(at + header.bytes());
        final FciRequest request;
        try {
            request = codec.read(buffer, at, header.bytes());
        } catch (final IllegalArgumentException malformedRequest) {
            dismiss(malformedRequest.getMessage());
            return false;
        }
        if (datagrams == null && !(request instanceof FciRequest.Connect)) {
            dismiss(request.command().documentedName() + " before Connect");
            return false;
        }
        handle(request, header.request());
        return true;
    }

    private void handle(final FciRequest request, final int number) {
        final FciStatus status = robot.handle(request);
        switch (request) {
            case FciRequest.Connect connect -> {
                final ByteBuffer rest = ByteBuffer.allocate(Short.BYTES).order(ByteOrder.LITTLE_ENDIAN).putShort((short) version.number());
                if (status == FciStatus.SUCCESS) {
                    connect(connect.udpPort());
                }
                answer(request.command(), number, status, rest.array());
                if (status != FciStatus.SUCCESS) {
                    dismiss("the client speaks FCI version " + connect.version() + ", this robot " + version.number());
                }
            }
            case FciRequest.Move _ -> {
                moveRequest = status == FciStatus.MOTION_STARTED ? number : moveRequest;
                answer(request.command(), number, status);
            }
            case FciRequest.GetCartesianLimit _ -> answer(request.command(), number, status, new byte[WALL_BYTES]);
            default -> answer(request.command(), number, status, request.command() == FciCommand.GET_ROBOT_MODEL
                ? description.getBytes(StandardCharsets.UTF_8) : new byte[0]);
        }
    }

    private void connect(final int udpPort) {
        if (datagrams != null) {
            datagrams.close();
        }
        datagrams = new UdpSocket(0);
        datagrams.connect(client.socket().getInetAddress(), udpPort);
    }

    private void answer(final FciCommand command, final int request, final FciStatus status, final byte... rest) {
        final int bytes = FciHeader.BYTES + 1 + rest.length;
        final ByteBuffer message = ByteBuffer.allocate(bytes);
        final UnsafeBuffer buffer = new UnsafeBuffer(message);
        new FciHeader(command.number(version), request, bytes).write(buffer, 0);
        buffer.putByte(FciHeader.BYTES, (byte) status.number(command, version));
        buffer.putBytes(FciHeader.BYTES + 1, rest);
        try {
            while (message.hasRemaining()) {
                if (client.write(message) == 0) {
                    Thread.onSpinWait();
                }
            }
        } catch (final IOException failure) {
            dismiss(failure.getMessage());
        }
    }

    /**
     * Takes all commands there are, of which the one counts that answers the newest state. Others are late and dropped, as is documented: taken for new, a command that
     * comes a millisecond late would stop the arm and make it leap.
     */
    private boolean takeCommands() {
        boolean any = false;
        if (datagrams == null) {
            return false;
        }
        int bytes = datagrams.receive(commandSegment);
        while (bytes != UdpSocket.NOTHING) {
            if (bytes != receivedBuffer.capacity()) {
                malformed++;
            } else {
                received.wrap(receivedBuffer, 0, bytes);
                if (received.messageId() != counter) {
                    late++;
                } else {
                    newestBuffer.putBytes(0, receivedBuffer, 0, bytes);
                    any = true;
                }
            }
            bytes = datagrams.receive(commandSegment);
        }
        return any;
    }

    private void dismiss(final String why) {
        if (client == null) {
            return;
        }
        journal.accept("connection closed: " + why);
        try {
            client.close();
        } catch (final IOException ignored) {
            // What is to be gone is gone.
        }
        client = null;
        if (datagrams != null) {
            datagrams.close();
            datagrams = null;
        }
        robot.forsake();
    }

    @Override
    public void close() {
        if (client != null) {
            dismiss("the robot is switched off");
        }
        try {
            listening.close();
        } catch (final IOException ignored) {
            // What is to be gone is gone.
        }
        arena.close();
    }
}
