package dev.continuo.hardware.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The system calls themselves. For one thread. */
public final class LinuxSocketCalls implements SocketCalls {
    private static final int TIMESPEC_BYTES = 16;
    private static final int NANOSECONDS = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment errno = LibC.errnoSegment(arena);
    private final MemorySegment time = arena.allocate(TIMESPEC_BYTES, Long.BYTES);

    private int result(final int outcome) {
        return outcome < 0 ? -LibC.errno(errno) : outcome;
    }

    @Override
    public int socket(final int family, final int type, final int protocol) {
        try {
            return result((int) LibC.SOCKET.invokeExact(errno, family, type | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, protocol));
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    @Override
    public int ioctl(final int fd, final long request, final MemorySegment argument) {
        try {
            return result((int) LibC.IOCTL.invokeExact(errno, fd, request, argument));
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    @Override
    public int bind(final int fd, final MemorySegment address) {
        try {
            return result((int) LibC.BIND.invokeExact(errno, fd, address, (int) address.byteSize()));
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    @Override
    public int option(final int fd, final int level, final int name, final MemorySegment value) {
        try {
            return result((int) LibC.SETSOCKOPT.invokeExact(errno, fd, level, name, value, (int) value.byteSize()));
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    @Override
    public int send(final int fd, final MemorySegment messages, final int count) {
        try {
            return result((int) LibC.SENDMMSG.invokeExact(errno, fd, messages, count, LibC.MSG_DONTWAIT));
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    @Override
    public int receive(final int fd, final MemorySegment messages, final int count) {
        try {
            return result((int) LibC.RECVMMSG.invokeExact(errno, fd, messages, count, LibC.MSG_DONTWAIT, MemorySegment.NULL));
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    @Override
    public void close(final int fd) {
        LibC.close(errno, fd);
    }

    @Override
    public long stampNanos() {
        try {
            final int ignored = (int) LibC.CLOCK_GETTIME.invokeExact(errno, LibC.CLOCK_REALTIME, time);
            return time.get(JAVA_LONG, 0) * NANOS_PER_SECOND + time.get(JAVA_LONG, NANOSECONDS);
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    @Override
    public String describe(final int error) {
        return LibC.describe(Math.abs(error));
    }
}
