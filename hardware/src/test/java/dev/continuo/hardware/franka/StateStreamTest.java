package dev.continuo.hardware.franka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.can.AllocatedBytes;
import dev.continuo.hardware.linux.UdpSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StateStreamTest {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final FciVersion VERSION = FciVersion.FR3;

    private final UnsafeBuffer datagram = new UnsafeBuffer(new byte[RobotState.bytes(VERSION)]);
    private final RobotState sent = new RobotState(VERSION).wrap(datagram, 0);
    private final UdpSocket socket = new UdpSocket(0);
    private final StateStream stream = new StateStream(VERSION, socket, System::nanoTime);
    private DatagramSocket robot;

    @BeforeEach
    void switchOn() throws IOException {
        robot = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        robot.setSoTimeout(2000);
    }

    @AfterEach
    void switchOff() {
        robot.close();
        stream.close();
    }

    private void send(final long id, final int length) throws IOException {
        sent.messageId(id);
        robot.send(new DatagramPacket(datagram.byteArray(), length, InetAddress.getLoopbackAddress(), socket.port()));
    }

    private void send(final long id) throws IOException {
        send(id, datagram.capacity());
    }

    @Test
    void theNewestStateCountsAndGapsAreLost() throws IOException {
        assertFalse(stream.await(0));
        sent.put(StateField.Q, 3, -1.5);
        send(41);
        assertTrue(stream.await(SECOND_NANOS));
        assertEquals(41, stream.state().messageId());
        assertEquals(-1.5, stream.state().get(StateField.Q, 3));
        send(40);
        send(41);
        assertFalse(stream.await(20_000_000));
        send(45);
        send(44);
        send(46);
        assertTrue(stream.await(SECOND_NANOS));
        assertEquals(46, stream.state().messageId());
        assertEquals(3, stream.lost());
        assertEquals(3, stream.passedOver());
    }

    @Test
    void whatIsNoStateIsCounted() throws IOException {
        send(1, datagram.capacity() - 1);
        robot.send(new DatagramPacket(new byte[2373], 2373, InetAddress.getLoopbackAddress(), socket.port()));
        robot.send(new DatagramPacket(new byte[0], 0, InetAddress.getLoopbackAddress(), socket.port()));
        assertFalse(stream.await(50_000_000));
        send(2);
        assertTrue(stream.await(SECOND_NANOS));
        assertEquals(2, stream.state().messageId());
        assertEquals(3, stream.malformed());
    }

    @Test
    void aCommandAnswersTheNewestStateWhereItCameFrom() throws IOException {
        assertThrows(IllegalStateException.class, stream::send);
        send(7);
        assertTrue(stream.await(SECOND_NANOS));
        final double[] positions = {1, 2, 3, 4, 5, 6, 7};
        stream.command().putPositions(positions);
        assertTrue(stream.send());
        final DatagramPacket answer = new DatagramPacket(new byte[500], 500);
        robot.receive(answer);
        final RobotCommand command = new RobotCommand(VERSION).wrap(new UnsafeBuffer(answer.getData()), 0, answer.getLength());
        final double[] there = new double[7];
        command.positions(there);
        assertEquals(7, command.messageId());
        assertArrayEquals(positions, there);
    }

    @Test
    void nothingAllocates() throws Exception {
        final double[] positions = new double[7];
        final Thread peer = Thread.ofPlatform().start(this::answerEachCommandWithAState);
        send(1);
        assertEquals(0, AllocatedBytes.over(20_000, 1000, () -> {
            assertTrue(stream.await(SECOND_NANOS), "a state for each command");
            stream.state().get(StateField.Q, positions);
            stream.command().putPositions(positions);
            stream.send();
        }));
        robot.close();
        peer.join();
    }

    private void answerEachCommandWithAState() {
        final DatagramPacket command = new DatagramPacket(new byte[500], 500);
        try {
            for (long id = 2; ; id++) {
                robot.receive(command);
                send(id);
            }
        } catch (final IOException closed) {
            // The test is over.
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        try (UdpSocket first = new UdpSocket(0)) {
            final UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> new UdpSocket(first.port()));
            assertTrue(refused.getMessage().contains("UDP port " + first.port() + ": Address already in use"), refused.getMessage());
        }
    }
}
