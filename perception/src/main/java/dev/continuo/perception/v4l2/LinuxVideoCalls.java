package dev.continuo.perception.v4l2;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The system calls themselves. For one thread. */
final class LinuxVideoCalls implements VideoCalls {
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final int READ_WRITE_NOT_BLOCKING = 2 | 0x800 | 0x80000;
    private static final int PROTECTION = 3;
    private static final int SHARED = 1;
    private static final int POLL_BYTES = 8;
    private static final int EVENTS = 4;
    private static final int RETURNED_EVENTS = 6;
    private static final long MAP_FAILED = -1;
    private static final int LONGEST_TEXT = 256;

    private static final MethodHandle OPEN = function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle IOCTL =
        function("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle POLL = function("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle MMAP =
        function("mmap", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP = function("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle STRERROR = Linker.nativeLinker().downcallHandle(
        Linker.nativeLinker().defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment errno = arena.allocate(CALL_STATE);
    private final MemorySegment waiting = arena.allocate(POLL_BYTES, Integer.BYTES);

    private static MethodHandle function(final String name, final FunctionDescriptor type, final Linker.Option... options) {
        final Linker.Option[] all = java.util.Arrays.copyOf(options, options.length + 1);
        all[options.length] = Linker.Option.captureCallState("errno");
        return Linker.nativeLinker().downcallHandle(Linker.nativeLinker().defaultLookup().findOrThrow(name), type, all);
    }

    private int failed() {
        return -(int) ERRNO.get(errno, 0L);
    }

    @Override
    public int open(final String path) {
        try (Arena call = Arena.ofConfined()) {
            final int fd = (int) OPEN.invokeExact(errno, call.allocateFrom(path), READ_WRITE_NOT_BLOCKING);
            return fd < 0 ? failed() : fd;
        } catch (final Throwable impossible) {
            throw unexpected(impossible);
        }
    }

    @Override
    public int ioctl(final int fd, final long request, final MemorySegment argument) {
        try {
            final int result = (int) IOCTL.invokeExact(errno, fd, request, argument);
            return result < 0 ? failed() : result;
        } catch (final Throwable impossible) {
            throw unexpected(impossible);
        }
    }

    @Override
    public int ready(final int fd) {
        waiting.set(JAVA_INT, 0, fd);
        waiting.set(JAVA_SHORT, EVENTS, (short) VideoStructs.POLLIN);
        waiting.set(JAVA_SHORT, RETURNED_EVENTS, (short) 0);
        try {
            final int result = (int) POLL.invokeExact(errno, waiting, 1L, 0);
            return result < 0 ? failed() : waiting.get(JAVA_SHORT, RETURNED_EVENTS);
        } catch (final Throwable impossible) {
            throw unexpected(impossible);
        }
    }

    @Override
    public MemorySegment map(final int fd, final long length, final long offset) {
        try {
            final MemorySegment at = (MemorySegment) MMAP.invokeExact(errno, MemorySegment.NULL, length, PROTECTION, SHARED, fd, offset);
            return at.address() == MAP_FAILED ? MemorySegment.NULL : at.reinterpret(length);
        } catch (final Throwable impossible) {
            throw unexpected(impossible);
        }
    }

    @Override
    public void unmap(final MemorySegment buffer) {
        try {
            final int ignored = (int) MUNMAP.invokeExact(errno, buffer, buffer.byteSize());
        } catch (final Throwable impossible) {
            throw unexpected(impossible);
        }
    }

    @Override
    public void close(final int fd) {
        try {
            final int ignored = (int) CLOSE.invokeExact(errno, fd);
        } catch (final Throwable impossible) {
            throw unexpected(impossible);
        }
    }

    @Override
    public String describe(final int error) {
        try {
            final MemorySegment text = (MemorySegment) STRERROR.invokeExact(Math.abs(error));
            return text.reinterpret(LONGEST_TEXT).getString(0);
        } catch (final Throwable impossible) {
            throw unexpected(impossible);
        }
    }

    private static RuntimeException unexpected(final Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
    }
}
