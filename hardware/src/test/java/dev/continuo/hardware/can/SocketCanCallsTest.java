package dev.continuo.hardware.can;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.linux.LinuxSocketCalls;
import dev.continuo.hardware.linux.SocketCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real system calls of a bus, over a pair of local sockets in place of two CAN sockets: it needs no kernel with CAN. */
@Timeout(240)
class SocketCanCallsTest {
    private static final int AF_UNIX = 1;
    private static final int DATAGRAMS_NOT_BLOCKING = 2 | 0x800;

    private final FrameLog log = new FrameLog();
    private final int[] ends = pair();
    private final SocketCanBus host = new SocketCanBus("can0", new PairedCalls(ends[0]));
    private final SocketCanBus device = new SocketCanBus("can0", new PairedCalls(ends[1]));

    @AfterEach
    void close() {
        host.close();
        device.close();
    }

    private static int[] pair() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment numbers = arena.allocate(JAVA_INT, 2);
            final int outcome = (int) Linker.nativeLinker().downcallHandle(Linker.nativeLinker().defaultLookup().findOrThrow("socketpair"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS)).invokeExact(AF_UNIX, DATAGRAMS_NOT_BLOCKING, 0, numbers);
            assertEquals(0, outcome);
            return numbers.toArray(JAVA_INT);
        } catch (final Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void carriesFramesBothWays() {
        for (int i = 0; i < 40; i++) {
            assertTrue(host.send(i, (long) i << 56, 1));
        }
        host.flush();
        device.poll(log, 0, 1000);
        assertEquals(40, log.frames().size());
        assertEquals("027#27", log.frames().getLast());
        device.send(0, 0x157D_F37F_F7FF_2421L, 8);
        device.flush();
        host.poll(log, 0, 10);
        assertEquals("000#157DF37FF7FF2421", log.frames().getLast());
        assertEquals(0, host.malformedFrames() + device.malformedFrames());
    }

    @Test
    void framesAreAsOldAsTheyHaveWaited() throws InterruptedException {
        final long begin = System.nanoTime();
        host.poll(log, begin, 10);
        device.send(1, 0, 0);
        device.flush();
        final long sent = System.nanoTime();
        Thread.sleep(30);
        final long[] at = new long[1];
        host.poll((id, data, length, receivedNanos) -> at[0] = receivedNanos, System.nanoTime(), 10);
        // The two clocks are not read at the same moment.
        assertTrue(at[0] >= begin && at[0] <= sent + 10_000_000, at[0] - begin + " ns after the begin, sent after " + (sent - begin));
    }

    @Test
    void aPeerThatStopsReadingCostsFramesButDoesNotBlock() {
        for (int i = 0; i < 10_000; i++) {
            host.send(1, i, 8);
            host.flush();
        }
        assertTrue(host.droppedFrames() > 9_000, "dropped " + host.droppedFrames());
        assertTrue(host.queueFull() > 0);
        assertTrue(host.isConnected());
        device.poll(log, 0, 1000);
        assertTrue(log.frames().size() <= 2 * CanSocket.FRAMES, "a long tail of old commands: " + log.frames().size());
    }

    @Test
    void aPeerThatIsGoneIsALoss() {
        device.close();
        host.send(1, 0, 0);
        host.flush();
        assertFalse(host.isConnected());
        assertTrue(host.describe().startsWith("CAN interface can0 cannot be used: "), host.describe());
        assertEquals(List.of(), log.frames());
    }

    @Test
    void allocatesNothingWhileConnected() {
        final int[] received = new int[1];
        final long[] now = new long[1];
        final CanFrameHandler count = (id, data, length, at) -> received[0]++;
        assertEquals(0, AllocatedBytes.over(40_000, 5_000, () -> {
            now[0] += 4_000_000;
            for (int i = 1; i < 8; i++) {
                host.send(i, i, 8);
            }
            host.flush();
            device.poll(count, now[0], 64);
            for (int i = 1; i < 7; i++) {
                device.send(0, i, 8);
            }
            device.send(CanFrames.ERROR_FLAG | 0x04, 0x20L << 48, 8);
            device.flush();
            host.poll(count, now[0], 64);
        }));
        assertTrue(received[0] >= 14 * 45_000, "received " + received[0]);
        assertEquals(0, received[0] % 14);
    }

    /** One end of the pair; what only a CAN socket has is granted without asking the kernel. */
    private static final class PairedCalls implements SocketCalls {
        private final LinuxSocketCalls real = new LinuxSocketCalls();
        private final int end;

        private PairedCalls(final int end) {
            this.end = end;
        }

        @Override
        public int socket(final int family, final int type, final int protocol) {
            return end;
        }

        @Override
        public int ioctl(final int fd, final long request, final MemorySegment argument) {
            argument.set(JAVA_INT, 16, 0);
            argument.set(JAVA_SHORT, 16, (short) 0x41);
            return 0;
        }

        @Override
        public int bind(final int fd, final MemorySegment address) {
            return 0;
        }

        @Override
        public int option(final int fd, final int level, final int name, final MemorySegment value) {
            return level == 101 ? 0 : real.option(fd, level, name, value);
        }

        @Override
        public int send(final int fd, final MemorySegment messages, final int count) {
            return real.send(fd, messages, count);
        }

        @Override
        public int receive(final int fd, final MemorySegment messages, final int count) {
            return real.receive(fd, messages, count);
        }

        @Override
        public void close(final int fd) {
            real.close(fd);
        }

        @Override
        public long stampNanos() {
            return real.stampNanos();
        }

        @Override
        public String describe(final int error) {
            return real.describe(error);
        }
    }
}
