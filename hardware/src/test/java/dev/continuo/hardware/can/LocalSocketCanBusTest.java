package dev.continuo.hardware.can;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class LocalSocketCanBusTest {
    @TempDir
    private Path directory;
    private Path path;
    private LocalSocketCanServer server;
    private LocalSocketCanBus bus;
    private final FrameLog log = new FrameLog();
    private long nowNanos;

    @BeforeEach
    void listen() {
        path = directory.resolve("can");
        server = new LocalSocketCanServer(path);
        bus = new LocalSocketCanBus(path);
    }

    @AfterEach
    void close() {
        bus.close();
        server.close();
    }

    @Test
    void carriesFramesBothWays() {
        connect();
        assertTrue(bus.send(5, 0xFFFF_FFFF_FFFF_FFFCL, 8));
        assertTrue(bus.send(1, 0xE017_0000_0000_0000L, 2));
        bus.flush();
        pollUntil(server, 2);
        assertEquals(List.of("005#FFFFFFFFFFFFFFFC", "001#E017"), log.frames());
        server.send(0, 0x157D_F37F_F7FF_2421L, 8);
        server.flush();
        pollUntil(bus, 3);
        assertEquals("000#157DF37FF7FF2421", log.frames().get(2));
    }

    @Test
    void carriesErrorFramesOfTheController() {
        connect();
        server.send(CanFrames.ERROR_FLAG | 0x40, 0, 8);
        server.flush();
        pollUntil(bus, 1);
        assertEquals("20000040#0000000000000000", log.frames().getFirst());
    }

    @Test
    void putsPartialRecordsTogether() throws IOException {
        final ByteBuffer record = ByteBuffer.wrap(new byte[] {7, 0, 0, 0, 8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8});
        try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            for (int i = 0; i < 16; i++) {
                raw.write(record.slice(i, 1));
                nowNanos += LocalSocketCanServer.ACCEPT_NANOS;
                server.poll(log, nowNanos, 10);
            }
            pollUntil(server, 1);
        }
        assertEquals(List.of("007#0102030405060708"), log.frames());
    }

    @Test
    void countsGarbageAndDropsAPeerThatSendsNothingElse() throws IOException {
        try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            final byte[] garbage = new byte[100];
            java.util.Arrays.fill(garbage, (byte) 0x5A);
            raw.write(ByteBuffer.wrap(garbage));
            while (server.malformedFrames() < 4) {
                nowNanos += LocalSocketCanServer.ACCEPT_NANOS;
                server.poll(log, nowNanos, 10);
            }
            assertFalse(server.isConnected());
            assertEquals(List.of(), log.frames());
        }
        connect();
    }

    @Test
    void connectsAnewAfterALossAtItsPace() {
        connect();
        server.disconnect();
        while (bus.isConnected()) {
            bus.poll(log, nowNanos, 10);
        }
        assertFalse(bus.send(1, 0, 8));
        assertEquals(1, bus.droppedFrames());
        bus.poll(log, nowNanos, 10);
        bus.poll(log, nowNanos + LocalSocketCanBus.RETRY_NANOS - 1, 10);
        assertFalse(bus.isConnected());
        bus.poll(log, nowNanos + LocalSocketCanBus.RETRY_NANOS, 10);
        assertTrue(bus.isConnected());
        assertEquals(2, bus.connections());
    }

    @Test
    void waitsForAServerThatIsNotThereYet() {
        server.close();
        bus.poll(log, nowNanos, 10);
        assertFalse(bus.isConnected());
        assertTrue(bus.describe().contains("not connected"), bus.describe());
        server = new LocalSocketCanServer(path);
        connect();
        assertFalse(bus.describe().contains("not connected"), bus.describe());
    }

    @Test
    void aPeerThatStopsReadingCostsFramesButDoesNotBlock() {
        connect();
        for (int i = 0; i < 10_000; i++) {
            bus.send(1, i, 8);
            bus.flush();
        }
        assertTrue(bus.droppedFrames() > 8_000, "dropped " + bus.droppedFrames());
        assertTrue(bus.isConnected());
    }

    @Test
    void turnsASecondClientAway() {
        connect();
        try (LocalSocketCanBus second = new LocalSocketCanBus(path)) {
            second.poll(log, nowNanos, 1);
            while (server.refusedClients() == 0) {
                nowNanos += LocalSocketCanServer.ACCEPT_NANOS;
                server.poll(log, nowNanos, 1);
            }
            while (second.isConnected()) {
                second.poll(log, nowNanos, 1);
            }
        }
        assertTrue(server.isConnected());
    }

    @Test
    void refusesAPathThatIsTaken() throws IOException {
        assertThrows(ProfileException.class, () -> new LocalSocketCanServer(path));
        final Path file = Files.writeString(directory.resolve("file"), "x");
        final String message = assertThrows(ProfileException.class, () -> new LocalSocketCanServer(file)).getMessage();
        assertTrue(message.contains("no socket") && message.contains(file.toString()), message);
    }

    @Test
    void replacesTheSocketOfADeadProcess() throws IOException {
        final Path stale = directory.resolve("stale");
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(stale)).close();
        assertTrue(Files.exists(stale));
        new LocalSocketCanServer(stale).close();
    }

    @Test
    void allocatesNothingWhileConnected() {
        connect();
        final int[] received = new int[1];
        final CanFrameHandler count = (id, data, length, at) -> received[0]++;
        final long nanos = nowNanos;
        assertEquals(0, AllocatedBytes.over(20_000, 10_000, () -> {
            for (int i = 1; i < 8; i++) {
                bus.send(i, i, 8);
            }
            bus.flush();
            server.poll(count, nanos, 16);
            server.send(0, 0, 8);
            server.flush();
            bus.poll(count, nanos, 16);
        }));
        assertTrue(received[0] > 120_000);
    }

    private void connect() {
        while (!bus.isConnected() || !server.isConnected()) {
            nowNanos += LocalSocketCanBus.RETRY_NANOS;
            bus.poll(log, nowNanos, 10);
            server.poll(log, nowNanos, 10);
        }
    }

    private void pollUntil(final CanBus end, final int frames) {
        while (log.frames().size() < frames) {
            end.poll(log, nowNanos, 10);
        }
    }
}
