package dev.continuo.hardware.can;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ProfileException;
import dev.continuo.config.TransportProfile;
import dev.continuo.hardware.linux.Pty;
import dev.continuo.hardware.linux.RawDescriptor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class SlcanBusTest {
    @TempDir
    private Path directory;
    private Pty pty = Pty.open();
    private final FrameLog log = new FrameLog();
    private long nowNanos;

    @AfterEach
    void close() {
        pty.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void carriesFramesBothWaysWithAndWithoutAcknowledgements(final boolean acknowledges) {
        try (SlcanAdapter adapter = new SlcanAdapter(pty.device(), acknowledges); SlcanBus bus = new SlcanBus(pty.path(), 0)) {
            connect(bus, adapter);
            assertEquals(8, adapter.bitRateCode());
            bus.send(5, 0xFFFF_FFFF_FFFF_FFFCL, 8);
            bus.send(1, 0xE017_0000_0000_0000L, 2);
            bus.flush();
            pollUntil(adapter, 2);
            adapter.send(0, 0x157D_F37F_F7FF_2421L, 8);
            adapter.flush();
            pollUntil(bus, 3);
            assertEquals(List.of("005#FFFFFFFFFFFFFFFC", "001#E017", "000#157DF37FF7FF2421"), log.frames());
            assertEquals(0, bus.malformedFrames());
            assertEquals(0, bus.refusals());
        }
    }

    @Test
    void speaksTheOpeningSequenceInOrderAndClosesTheChannel() {
        final StringBuilder heard = new StringBuilder();
        try (SlcanBus bus = new SlcanBus(pty.path(), 0)) {
            assertFalse(bus.send(1, 0, 8), "before the channel is open");
            while (!bus.isConnected()) {
                bus.poll(log, nowNanos, 10);
                nowNanos += SlcanBus.SETTLE_NANOS;
                listen(heard);
            }
        }
        while (heard.length() < 10) {
            listen(heard);
        }
        assertEquals("\rC\rS8\rO\rC\r", heard.toString());
    }

    @Test
    void toleratesGarbageLowerCaseStampsAndStrangers() {
        try (SlcanAdapter adapter = new SlcanAdapter(pty.device(), false); SlcanBus bus = new SlcanBus(pty.path(), 0)) {
            connect(bus, adapter);
            say("\u0001\u0002garbage that never ends and is far too long for any line\rt0018");
            bus.poll(log, nowNanos, 10);
            say("0102030405060708\rtXYZ8\rt00190102\rq1\r\u0007t0011ab1234\rsb000000\rz\re1a\r");
            pollUntil(bus, 4);
            assertEquals(List.of("001#0102030405060708", "001#AB", "20000040#0000000000000000", "20000020#0000000000000000"),
                log.frames());
            assertEquals(3, bus.malformedFrames());
            assertEquals(1, bus.refusals());
        }
    }

    @Test
    void batchesAreWrittenWhole() {
        try (SlcanAdapter adapter = new SlcanAdapter(pty.device(), false); SlcanBus bus = new SlcanBus(pty.path(), 2)) {
            connect(bus, adapter);
            for (int i = 1; i <= 7; i++) {
                bus.send(i, i, 8);
            }
            bus.flush();
            pollUntil(adapter, 7);
            assertEquals("007#0000000000000007", log.frames().getLast());
        }
    }

    @Test
    void aPulledAdapterIsLostAndComesBack() throws IOException {
        final Path byName = directory.resolve("arxcan0");
        Files.createSymbolicLink(byName, pty.path());
        try (SlcanBus bus = new SlcanBus(byName, 0)) {
            try (SlcanAdapter adapter = new SlcanAdapter(pty.device(), false)) {
                connect(bus, adapter);
            }
            pty.close();
            while (bus.isConnected()) {
                bus.send(1, 0, 8);
                bus.flush();
                bus.poll(log, nowNanos, 10);
            }
            nowNanos += SlcanBus.RETRY_NANOS;
            Files.delete(byName);
            bus.poll(log, nowNanos, 10);
            assertFalse(bus.isConnected());
            assertTrue(bus.describe().contains("does not exist"), bus.describe());
            pty = Pty.open();
            Files.createSymbolicLink(byName, pty.path());
            nowNanos += SlcanBus.RETRY_NANOS;
            try (SlcanAdapter adapter = new SlcanAdapter(pty.device(), false)) {
                connect(bus, adapter);
            }
        }
    }

    @Test
    void saysWhatIsWrongWithATty() throws IOException {
        assertComplaint(directory.resolve("ttyACM9"), "cannot open tty", "ttyACM9", "does not exist");
        assertComplaint(Files.writeString(directory.resolve("file"), "x"), "is not a tty");
        assertComplaint(Path.of("/dev/null"), "/dev/null", "is not a tty");
    }

    @Test
    void allocatesNothingWhileConnected() {
        try (SlcanAdapter adapter = new SlcanAdapter(pty.device(), false); SlcanBus bus = new SlcanBus(pty.path(), 0)) {
            connect(bus, adapter);
            final int[] received = new int[1];
            final CanFrameHandler count = (id, data, length, at) -> received[0]++;
            assertEquals(0, AllocatedBytes.over(15_000, 3_000, () -> {
                for (int i = 1; i < 8; i++) {
                    bus.send(i, i, 8);
                }
                bus.flush();
                adapter.poll(count, nowNanos, 16);
                adapter.send(0, 42, 8);
                adapter.flush();
                bus.poll(count, nowNanos, 16);
            }));
            assertTrue(received[0] > 75_000, "received " + received[0]);
        }
    }

    @Test
    void aProfileNamesTheTransport() {
        try (CanBus slcan = CanBus.open(new TransportProfile.Slcan(pty.path(), 7));
            CanBus socket = CanBus.open(new TransportProfile.LocalSocket(directory.resolve("cell")))) {
            assertTrue(slcan.describe().startsWith("slcan adapter " + pty.path()), slcan.describe());
            assertTrue(socket.describe().startsWith("local socket " + directory.resolve("cell")), socket.describe());
        }
    }

    private void assertComplaint(final Path path, final String... parts) {
        final String message = assertThrows(ProfileException.class, () -> new SlcanBus(path, 0)).getMessage();
        for (final String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    private void connect(final SlcanBus bus, final SlcanAdapter adapter) {
        while (!bus.isConnected() || !adapter.isConnected()) {
            nowNanos += SlcanBus.SETTLE_NANOS;
            bus.poll(log, nowNanos, 10);
            adapter.poll(log, nowNanos, 10);
        }
    }

    private void pollUntil(final CanBus end, final int frames) {
        while (log.frames().size() < frames) {
            end.poll(log, nowNanos, 10);
        }
    }

    private void say(final String text) {
        try (Arena arena = Arena.ofConfined()) {
            final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            final MemorySegment memory = arena.allocate(bytes.length);
            MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, 0, bytes.length);
            assertEquals(bytes.length, pty.device().write(memory, bytes.length));
        }
    }

    private void listen(final StringBuilder heard) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment memory = arena.allocate(100);
            final int bytes = pty.device().read(memory, 100);
            if (bytes != RawDescriptor.GONE) {
                heard.append(new String(memory.asSlice(0, bytes).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE),
                    StandardCharsets.ISO_8859_1));
            }
        }
    }
}
