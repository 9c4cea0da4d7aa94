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
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The robot's end of the Franka Control Interface, stepped once each millisecond by {@link #step}: takes in requests and commands, lets the robot move, sends its state.
 * One client at a time, as with a real robot. Requests that are none end the connection. For one thread.
 */
public final class FciServer implements AutoCloseable {
    private static final int WALL_BYTES = 3 * 8 + 16 * 8 + 1;

    private final SimulatedFranka robot;
    private final FciVersion version;
    private final FciRequestCodec codec;
    private final byte[] description;
    private final ClientPort port;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment stateSegment;
    private final MemorySegment commandSegment;
    private final RobotState state;
    private final RobotCommand newest;
    private final UnsafeBuffer newestBuffer;
    private final RobotCommand received;
    private final UnsafeBuffer receivedBuffer;
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
     * @throws java.io.UncheckedIOException when the port is taken
     */
    public FciServer(final SimulatedFranka robot, final InetSocketAddress address, final Consumer<String> journal) {
        this.robot = robot;
        version = robot.version();
        codec = new FciRequestCodec(version);
        description = FrankaDescription.of(version).getBytes(StandardCharsets.UTF_8);
        port = new ClientPort(address, new Requests(), journal);
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
        return port.address();
    }

    /** Whether somebody is connected. */
    public boolean connected() {
        return port.connected();
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
        port.dismiss("the robot has hung up");
    }

    /** One millisecond. */
    public void step() {
        port.poll();
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
            robot.takeEnd().ifPresent(status -> answer(FciCommand.MOVE, moveRequest, status));
        }
    }

    private final class Requests implements ClientPort.Protocol {
        @Override
        public int headerBytes() {
            return FciHeader.BYTES;
        }

        @Override
        public int length(final DirectBuffer buffer, final int at) {
            return FciHeader.read(buffer, at).bytes();
        }

        @Override
        public void handle(final DirectBuffer buffer, final int at, final int length) {
            final FciRequest request = codec.read(buffer, at, length);
            if (datagrams == null && !(request instanceof FciRequest.Connect)) {
                throw new IllegalArgumentException(request.command().documentedName() + " before Connect");
            }
            FciServer.this.handle(request, FciHeader.read(buffer, at).request());
        }

        @Override
        public void gone() {
            forgetClient();
            robot.forsake();
        }
    }

    private void handle(final FciRequest request, final int number) {
        final FciStatus status = robot.handle(request);
        switch (request) {
            case FciRequest.Connect connect -> {
                if (status == FciStatus.SUCCESS) {
                    sendStatesTo(connect.udpPort());
                }
                answer(request.command(), number, status,
                    ByteBuffer.allocate(Short.BYTES).order(ByteOrder.LITTLE_ENDIAN).putShort((short) version.number()).array());
                if (status != FciStatus.SUCCESS) {
                    port.dismiss("the client speaks FCI version " + connect.version() + ", this robot " + version.number());
                }
            }
            case FciRequest.Move _ -> {
                moveRequest = status == FciStatus.MOTION_STARTED ? number : moveRequest;
                answer(request.command(), number, status);
            }
            case FciRequest.GetCartesianLimit _ -> answer(request.command(), number, status, new byte[WALL_BYTES]);
            default -> answer(request.command(), number, status, request.command() == FciCommand.GET_ROBOT_MODEL ? description : new byte[0]);
        }
    }

    private void forgetClient() {
        if (datagrams != null) {
            datagrams.close();
            datagrams = null;
        }
    }

    private void sendStatesTo(final int udpPort) {
        forgetClient();
        datagrams = new UdpSocket(0);
        datagrams.connect(port.client(), udpPort);
    }

    private void answer(final FciCommand command, final int request, final FciStatus status, final byte... rest) {
        final int bytes = FciHeader.BYTES + 1 + rest.length;
        final ByteBuffer message = ByteBuffer.allocate(bytes);
        final UnsafeBuffer buffer = new UnsafeBuffer(message);
        new FciHeader(command.number(version), request, bytes).write(buffer, 0);
        buffer.putByte(FciHeader.BYTES, (byte) status.number(command, version));
        buffer.putBytes(FciHeader.BYTES + 1, rest);
        port.send(message);
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

    @Override
    public void close() {
        port.close();
        arena.close();
    }
}
