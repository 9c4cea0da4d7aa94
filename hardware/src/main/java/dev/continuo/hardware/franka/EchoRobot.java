package dev.continuo.hardware.franka;

import dev.continuo.hardware.linux.UdpSocket;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Something at the other end of this computer's own network that says what a Franka would say to one client, and is always where it was last commanded to be. A thread of its own answers
 * requests; states are sent by {@link #step}.
 */
final class EchoRobot implements AutoCloseable {
    private final FciVersion version;
    private final ServerSocket server;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment stateSegment;
    private final MemorySegment commandSegment;
    private final UnsafeBuffer commandBuffer;
    private final RobotState state;
    private final RobotCommand command;
    private final double[] joints = new double[FrankaLimits.JOINTS];
    private volatile UdpSocket datagrams;
    private volatile boolean moving;
    private long counter;
    private long commands;

    EchoRobot(final FciVersion version, final double[] resting) {
        this.version = version;
        System.arraycopy(resting, 0, joints, 0, joints.length);
        stateSegment = arena.allocate(RobotState.bytes(version), Long.BYTES);
        commandSegment = arena.allocate(RobotCommand.bytes(version), Long.BYTES);
        commandBuffer = new UnsafeBuffer(commandSegment.asByteBuffer());
        state = new RobotState(version).wrap(new UnsafeBuffer(stateSegment.asByteBuffer()), 0);
        command = new RobotCommand(version);
        try {
            server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (final IOException failure) {
            throw new FrankaException("this computer does not listen to itself: " + failure.getMessage());
        }
        Thread.ofPlatform().name("franka-echo").daemon().start(this::serve);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
    }

    /** Commands that came. */
    long commands() {
        return commands;
    }

    /** A client that begins with another version comes a second time. */
    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.setTcpNoDelay(true);
                serve(client);
            } catch (final IOException hungUp) {
                // The next one, or none when it is over.
            }
        }
    }

    private void serve(final Socket client) throws IOException {
        final DataInputStream in = new DataInputStream(client.getInputStream());
        byte[] head = in.readNBytes(FciHeader.BYTES);
        while (head.length == FciHeader.BYTES) {
            final FciHeader header = FciHeader.read(new UnsafeBuffer(head), 0);
            final byte[] message = new byte[header.bytes()];
            System.arraycopy(head, 0, message, 0, head.length);
            in.readFully(message, head.length, message.length - head.length);
            client.getOutputStream().write(answer(new FciRequestCodec(version).read(new UnsafeBuffer(message), 0, message.length), header));
            head = in.readNBytes(FciHeader.BYTES);
        }
    }

    private byte[] answer(final FciRequest request, final FciHeader header) {
        switch (request) {
            case FciRequest.Connect connect -> {
                if (connect.version() != version.number()) {
                    return answer(request.command(), header, FciStatus.INCOMPATIBLE_VERSION, Short.BYTES);
                }
                final UdpSocket socket = new UdpSocket(0);
                socket.connect(InetAddress.getLoopbackAddress(), connect.udpPort());
                datagrams = socket;
                return answer(request.command(), header, FciStatus.SUCCESS, Short.BYTES);
            }
            case FciRequest.Move _ -> {
                moving = true;
                return answer(request.command(), header, FciStatus.MOTION_STARTED, 0);
            }
            default -> {
                return answer(request.command(), header, FciStatus.SUCCESS, 0);
            }
        }
    }

    private byte[] answer(final FciCommand request, final FciHeader header, final FciStatus status, final int rest) {
        final ByteBuffer message = ByteBuffer.allocate(FciHeader.BYTES + 1 + rest).order(ByteOrder.LITTLE_ENDIAN);
        new FciHeader(header.command(), header.request(), message.capacity()).write(new UnsafeBuffer(message), 0);
        message.put(FciHeader.BYTES, (byte) status.number(request, version));
        if (rest > 0) {
            message.putShort(FciHeader.BYTES + 1, (short) version.number());
        }
        return message.array();
    }

    /** A millisecond: takes commands in, and sends a state. */
    void step() {
        final UdpSocket socket = datagrams;
        if (socket == null) {
            return;
        }
        int bytes = socket.receive(commandSegment);
        while (bytes != UdpSocket.NOTHING) {
            if (bytes == commandBuffer.capacity()) {
                command.wrap(commandBuffer, 0, bytes).positions(joints);
                commands++;
            }
            bytes = socket.receive(commandSegment);
        }
        state.put(StateField.Q, joints).put(StateField.Q_D, joints).rest().controllerMode(ControllerMode.JOINT_IMPEDANCE)
            .robotMode(moving ? RobotMode.MOVE : RobotMode.IDLE).put(StateField.CONTROL_COMMAND_SUCCESS_RATE, 0, 1);
        if (moving) {
            state.run(MotionGenerator.JOINT_POSITION);
        }
        state.messageId(++counter);
        socket.answer(stateSegment, stateSegment.byteSize());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (final IOException ignored) {
            // What is to be gone is gone.
        }
        if (datagrams != null) {
            datagrams.close();
        }
        arena.close();
    }
}
