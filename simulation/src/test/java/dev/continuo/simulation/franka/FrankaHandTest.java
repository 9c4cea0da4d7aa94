package dev.continuo.simulation.franka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.franka.FrankaException;
import dev.continuo.hardware.franka.FrankaHand;
import dev.continuo.hardware.franka.HandRequest;
import dev.continuo.hardware.franka.HandStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our client of the Franka Hand on the simulated one, in one thread and one invented time. */
class FrankaHandTest {
    private static final long TIMEOUT_NANOS = 200_000_000;

    private final List<String> journal = new ArrayList<>();
    private final SimulatedHand hand = new SimulatedHand();
    private final HandServer server = new HandServer(hand, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), journal::add);
    private long nowNanos;
    private final FrankaHand client = FrankaHand.connect(server.address(), this::pass, TIMEOUT_NANOS);

    private long pass() {
        server.step();
        return nowNanos += 1_000_000;
    }

    @AfterEach
    void leave() {
        client.close();
        server.close();
    }

    private HandStatus await(final int request) {
        for (int i = 0; i < 10_000; i++) {
            pass();
            client.poll();
            final Optional<HandStatus> status = client.take(request);
            if (status.isPresent()) {
                return status.get();
            }
        }
        throw new AssertionError("no answer");
    }

    private HandStatus ask(final HandRequest request) {
        return await(client.send(request));
    }

    private void rest() {
        for (int i = 0; i < 150; i++) {
            pass();
            client.poll();
        }
    }

    @Test
    void itMovesAtTheSpeedAndSaysWhenItIsThere() {
        assertEquals(HandStatus.SUCCESS, ask(new HandRequest.Homing()));
        rest();
        assertEquals(SimulatedHand.WIDEST, client.state().orElseThrow().width(), 1e-12);
        final long before = nowNanos;
        assertEquals(HandStatus.SUCCESS, ask(new HandRequest.Move(0.03, 0.1)));
        assertEquals(0.5e9, nowNanos - before, 5e6);
        rest();
        assertEquals(0.03, client.state().orElseThrow().width(), 1e-9);
        assertEquals(SimulatedHand.WIDEST, client.state().orElseThrow().maxWidth());
        assertEquals(HandStatus.FAILED, ask(new HandRequest.Move(0.2, 0.1)));
    }

    @Test
    void itGraspsWhatHasTheWidth() {
        hand.hold(0.031);
        assertEquals(HandStatus.SUCCESS, ask(new HandRequest.Grasp(0.03, 0.005, 0.005, 0.1, 40)));
        rest();
        assertTrue(client.state().orElseThrow().grasped());
        assertEquals(0.031, client.state().orElseThrow().width(), 1e-9);
        assertEquals(HandStatus.SUCCESS, ask(new HandRequest.Move(0.08, 0.1)));
        assertEquals(HandStatus.UNSUCCESSFUL, ask(new HandRequest.Grasp(0.05, 0.005, 0.005, 0.1, 40)), "something else is there");
        hand.hold(0);
        assertEquals(HandStatus.SUCCESS, ask(new HandRequest.Move(0.08, 0.1)));
        assertEquals(HandStatus.UNSUCCESSFUL, ask(new HandRequest.Grasp(0.03, 0.005, 0.005, 0.1, 40)), "nothing is there");
        assertFalse(hand.grasped());
    }

    @Test
    void whatItIsToldLastCounts() {
        final int closing = client.send(new HandRequest.Move(0, 0.02));
        rest();
        final int opening = client.send(new HandRequest.Move(0.08, 0.1));
        assertEquals(HandStatus.ABORTED, await(closing));
        assertEquals(HandStatus.SUCCESS, await(opening));
        final int again = client.send(new HandRequest.Move(0, 0.02));
        rest();
        assertEquals(HandStatus.SUCCESS, ask(new HandRequest.Stop()));
        assertEquals(HandStatus.ABORTED, await(again));
        final double stopped = hand.width();
        rest();
        assertEquals(stopped, hand.width());
    }

    @Test
    void whoSpeaksAnotherVersionIsTold() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final Thread answering = Thread.ofVirtual().start(() -> answerVersion2(other));
            final String refused = assertThrows(FrankaException.class, () -> FrankaHand.connect(
                (InetSocketAddress) other.getLocalSocketAddress(), System::nanoTime, 2_000_000_000L)).getMessage();
            assertTrue(refused.contains("speaks version 2, this driver 3"), refused);
            answering.interrupt();
        }
    }

    private static void answerVersion2(final ServerSocket other) {
        try (Socket socket = other.accept(); OutputStream out = socket.getOutputStream()) {
            socket.getInputStream().readNBytes(14);
            out.write(new byte[] {0, 0, 0, 0, 0, 0, 14, 0, 0, 0, 1, 0, 2, 0});
            out.flush();
            socket.getInputStream().read();
        } catch (final IOException over) {
            // The test is over.
        }
    }

    @Test
    void whatIsNoRequestEndsTheConnection() throws IOException {
        client.close();
        server.step();
        try (Socket stranger = new Socket(server.address().getAddress(), server.address().getPort())) {
            server.step();
            stranger.getOutputStream().write(new byte[] {9, 0, 0, 0, 0, 0, 10, 0, 0, 0});
            server.step();
            server.step();
            assertEquals(-1, stranger.getInputStream().read());
        }
        assertTrue(journal.getLast().contains("no command 9"), journal::toString);
    }
}
