package dev.continuo.hardware.can;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.continuo.hardware.linux.SocketCalls;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/**
 * CAN sockets at the boundary of the system calls, with one interface {@code can0}, as the kernel treats them: follows the pointers of the messages it is handed, tells of a loss
 * once, and refuses a socket that is bound to an interface that is gone. The offsets are written out, so that they are not those of the code under test.
 */
final class FakeCanKernel implements SocketCalls {
    static final int FD = 9;
    private static final int EBADF = 9;

    boolean supportsCan = true;
    boolean isCan = true;
    boolean up = true;
    boolean running = true;
    /** 0 while the interface is unplugged. */
    int index = 3;
    /** Frames that the interface's queue takes. */
    int room = Integer.MAX_VALUE;
    int socketError;
    long clockNanos = 1_700_000_000_000_000_000L;
    int opened;
    int closed;
    int sendCalls;
    final List<String> sent = new ArrayList<>();
    final List<String> options = new ArrayList<>();
    String boundTo = "";

    private final Deque<Arrived> arrived = new ArrayDeque<>();
    private int boundIndex;
    private int pendingError;
    private int plugged = 3;

    private record Arrived(byte[] bytes, long stampNanos, int overrun) {
    }

    /** A frame comes. */
    void give(final int id, final int length, final String hex) {
        give(id, length, hex, 0);
    }

    /** A frame comes after others for which there was no room. */
    void give(final int id, final int length, final String hex, final int overrun) {
        final byte[] bytes = new byte[16];
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) (id >>> 8 * i);
        }
        bytes[4] = (byte) length;
        final byte[] data = HexFormat.of().parseHex(hex);
        System.arraycopy(data, 0, bytes, 8, data.length);
        arrived.add(new Arrived(bytes, clockNanos, overrun));
    }

    /** Something comes that is shorter than a frame. */
    void giveBytes(final int count) {
        arrived.add(new Arrived(new byte[count], clockNanos, 0));
    }

    void takeDown() {
        up = false;
        pendingError = boundIndex == 0 ? 0 : ENETDOWN;
    }

    void unplug() {
        index = 0;
        pendingError = boundIndex == 0 ? 0 : ENODEV;
        arrived.clear();
    }

    /** The interface comes back; the kernel gives it another number. */
    void plug() {
        index = ++plugged;
    }

    @Override
    public int socket(final int family, final int type, final int protocol) {
        if (!supportsCan || family != 29) {
            return -EAFNOSUPPORT;
        }
        if (socketError != 0) {
            return -socketError;
        }
        opened++;
        return type == 3 && protocol == 1 ? FD : -EINVAL;
    }

    @Override
    public int ioctl(final int fd, final long request, final MemorySegment argument) {
        if (fd != FD) {
            return -EBADF;
        }
        if (index == 0 || !argument.getString(0).equals("can0")) {
            return -ENODEV;
        }
        if (request == 0x8933L) {
            argument.set(JAVA_INT, 16, index);
            return 0;
        }
        argument.set(JAVA_SHORT, 16, (short) (0x80 | (up ? 1 : 0) | (running ? 0x40 : 0)));
        return request == 0x8913L ? 0 : -EINVAL;
    }

    @Override
    public int bind(final int fd, final MemorySegment address) {
        if (!isCan || address.get(JAVA_INT, 4) != index) {
            return -ENODEV;
        }
        boundTo = address.get(JAVA_SHORT, 0) + "/" + address.get(JAVA_INT, 4) + "/" + address.byteSize();
        boundIndex = index;
        return 0;
    }

    @Override
    public int option(final int fd, final int level, final int name, final MemorySegment value) {
        options.add(level + "/" + name + "=" + HexFormat.of().formatHex(value.toArray(JAVA_BYTE)));
        return 0;
    }

    private int trouble() {
        if (pendingError != 0) {
            final int error = pendingError;
            pendingError = 0;
            boundIndex = error == ENODEV ? 0 : boundIndex;
            return -error;
        }
        return 0;
    }

    @Override
    public int send(final int fd, final MemorySegment messages, final int count) {
        sendCalls++;
        final int error = fd == FD ? trouble() : -EBADF;
        if (error != 0) {
            return error;
        }
        if (boundIndex == 0 || boundIndex != index) {
            return -ENXIO;
        }
        if (!up) {
            return -ENETDOWN;
        }
        for (int i = 0; i < count; i++) {
            if (room == 0) {
                return i > 0 ? i : -ENOBUFS;
            }
            room--;
            final MemorySegment frame = pointed(messages, 64L * i);
            final byte[] data = frame.asSlice(8, 8).toArray(JAVA_BYTE);
            sent.add("%03X#%s".formatted(frame.get(JAVA_INT, 0), HexFormat.of().withUpperCase().formatHex(data, 0, frame.get(JAVA_BYTE, 4))));
        }
        return count;
    }

    /** The memory that the only vector of a message points to. */
    private static MemorySegment pointed(final MemorySegment messages, final long at) {
        if (messages.get(JAVA_LONG, at + 24) != 1 || messages.get(JAVA_LONG, at) != 0) {
            throw new AssertionError("not one vector, or an address");
        }
        final MemorySegment vector = MemorySegment.ofAddress(messages.get(JAVA_LONG, at + 16)).reinterpret(16);
        return MemorySegment.ofAddress(vector.get(JAVA_LONG, 0)).reinterpret(vector.get(JAVA_LONG, 8));
    }

    @Override
    public int receive(final int fd, final MemorySegment messages, final int count) {
        final int error = fd == FD ? trouble() : -EBADF;
        if (error != 0) {
            return error;
        }
        int taken = 0;
        while (taken < count && !arrived.isEmpty()) {
            final Arrived next = arrived.poll();
            final long at = 64L * taken++;
            final MemorySegment frame = pointed(messages, at);
            if (frame.byteSize() != 16) {
                throw new AssertionError("room for " + frame.byteSize());
            }
            MemorySegment.copy(next.bytes, 0, frame, JAVA_BYTE, 0, next.bytes.length);
            messages.set(JAVA_INT, at + 56, next.bytes.length);
            final long room = messages.get(JAVA_LONG, at + 40);
            messages.set(JAVA_LONG, at + 40, control(MemorySegment.ofAddress(messages.get(JAVA_LONG, at + 32)).reinterpret(room), next));
        }
        return taken == 0 ? -EAGAIN : taken;
    }

    private static long control(final MemorySegment control, final Arrived frame) {
        control.set(JAVA_LONG, 0, 32);
        control.set(JAVA_INT, 8, 1);
        control.set(JAVA_INT, 12, 35);
        control.set(JAVA_LONG, 16, frame.stampNanos / 1_000_000_000L);
        control.set(JAVA_LONG, 24, frame.stampNanos % 1_000_000_000L);
        if (frame.overrun == 0) {
            return 32;
        }
        control.set(JAVA_LONG, 32, 20);
        control.set(JAVA_INT, 40, 1);
        control.set(JAVA_INT, 44, 40);
        control.set(JAVA_INT, 48, frame.overrun);
        return 56;
    }

    @Override
    public void close(final int fd) {
        closed++;
        boundIndex = 0;
        pendingError = 0;
        arrived.clear();
    }

    @Override
    public long stampNanos() {
        return clockNanos;
    }

    @Override
    public String describe(final int error) {
        return "error " + Math.abs(error);
    }
}
