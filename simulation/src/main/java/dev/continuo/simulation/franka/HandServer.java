package dev.continuo.simulation.franka;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.continuo.hardware.franka.HandRequest;
import dev.continuo.hardware.franka.HandState;
import dev.continuo.hardware.franka.HandStatus;
import dev.continuo.hardware.linux.UdpSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The hand's end of its protocol, stepped once each millisecond by {@link #step}; the state is sent ten times a second, as a real hand does. For one thread. */
public final class HandServer implements AutoCloseable {
    private static final int CYCLES_PER_STATE = 100;
    private static final int INCOMPATIBLE = 1;

    private final SimulatedHand hand;
    private final ClientPort port;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment stateSegment = arena.allocate(HandState.BYTES, Integer.BYTES);
    private final UnsafeBuffer stateBuffer = new UnsafeBuffer(stateSegment.asByteBuffer());
    private UdpSocket datagrams;
    private int command;
    private int request;
    private long cycles;
    private long counter;

    /**
     * Listens for clients.
     *
     * @param address port 0 for any that is free
     * @param journal is told, a line each, who comes and goes and why
     * @throws java.io.UncheckedIOException when the port is taken
     */
    public HandServer(final SimulatedHand hand, final InetSocketAddress address, final Consumer<String> journal) {
        this.hand = hand;
        port = new ClientPort(address, new Requests(), journal);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return port.address();
    }

    /** One millisecond. */
    public void step() {
        port.poll();
        hand.cycle();
        hand.takeEnd().ifPresent(status -> answer(command, request, status.ordinal()));
        if (cycles++ % CYCLES_PER_STATE == 0 && datagrams != null) {
            hand.state(++counter).write(stateBuffer, 0);
            datagrams.answer(stateSegment, HandState.BYTES);
        }
    }

    private final class Requests implements ClientPort.Protocol {
        @Override
        public int headerBytes() {
            return HandRequest.HEADER_BYTES;
        }

        @Override
        public int length(final DirectBuffer buffer, final int at) {
            return buffer.getInt(at + Short.BYTES + Integer.BYTES, LITTLE_ENDIAN);
        }

        @Override
        public void handle(final DirectBuffer buffer, final int at, final int length) {
            final HandRequest next = HandRequest.read(buffer, at, length);
            final int number = buffer.getInt(at + Short.BYTES, LITTLE_ENDIAN);
            if (next instanceof HandRequest.Connect connect) {
                greet(connect, number);
            } else if (datagrams == null) {
                throw new IllegalArgumentException("command " + next.command() + " before Connect");
            } else {
                begin(next, number);
            }
        }

        @Override
        public void gone() {
            forgetClient();
            hand.begin(new HandRequest.Stop());
            hand.takeEnd();
        }
    }

    private void forgetClient() {
        if (datagrams != null) {
            datagrams.close();
            datagrams = null;
        }
    }

    private void greet(final HandRequest.Connect connect, final int number) {
        final boolean known = connect.version() == HandRequest.VERSION;
        if (known) {
            forgetClient();
            datagrams = new UdpSocket(0);
            datagrams.connect(port.client(), connect.udpPort());
            cycles = 0;
        }
        answer(connect.command(), number, known ? 0 : INCOMPATIBLE, HandRequest.VERSION);
        if (!known) {
            port.dismiss("the client speaks version " + connect.version() + ", this hand " + HandRequest.VERSION);
        }
    }

    private void begin(final HandRequest next, final int number) {
        final java.util.Optional<HandStatus> status = hand.begin(next);
        hand.takeEnd().ifPresent(before -> answer(command, request, before.ordinal()));
        if (status.isPresent()) {
            answer(next.command(), number, status.get().ordinal());
        } else {
            command = next.command();
            request = number;
        }
    }

    private void answer(final int answered, final int number, final int... payload) {
        final int length = HandRequest.HEADER_BYTES + payload.length * Short.BYTES;
        final ByteBuffer message = ByteBuffer.allocate(length).order(LITTLE_ENDIAN);
        message.putShort((short) answered).putInt(number).putInt(length);
        for (final int value : payload) {
            message.putShort((short) value);
        }
        port.send(message.flip());
    }

    @Override
    public void close() {
        port.close();
        arena.close();
    }
}
