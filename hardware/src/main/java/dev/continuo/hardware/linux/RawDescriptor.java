package dev.continuo.hardware.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An open, non-blocking file descriptor of a terminal.
 *
 * <p>One thread uses it. Reading and writing do not allocate.
 */
public final class RawDescriptor implements AutoCloseable {
    /** Returned by {@link #read} and {@link #write} once the other end is gone: unplugged, or closed. */
    public static final int GONE = -1;

    private final Arena arena;
    private final MemorySegment errno;
    private final String name;
    private int fd;
    private int lastError;

    /** Takes over an open descriptor. */
    RawDescriptor(final int fd, final String name) {
        this.fd = fd;
        this.name = name;
        this.arena = Arena.ofShared();
        this.errno = LibC.errnoSegment(arena);
    }

    /**
     * Reads what is there to the start of a buffer.
     *
     * @return bytes read, 0 if there is nothing at present, or {@link #GONE}
     */
    public int read(final MemorySegment buffer, final long length) {
        if (fd < 0) {
            return GONE;
        }
        try {
            final long bytes = (long) LibC.READ.invokeExact(errno, fd, buffer, length);
            // End of file on a terminal is a hang-up: with VMIN 1 an empty one says EAGAIN instead.
            return bytes == 0 && length > 0 ? gone(LibC.EIO) : result(bytes);
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    /**
     * Writes from the start of a buffer, as much as there is room for.
     *
     * @return bytes written, 0 if there is no room at present, or {@link #GONE}
     */
    public int write(final MemorySegment buffer, final long length) {
        if (fd < 0) {
            return GONE;
        }
        try {
            return result((long) LibC.WRITE.invokeExact(errno, fd, buffer, length));
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    private int result(final long bytes) {
        if (bytes >= 0) {
            return (int) bytes;
        }
        final int error = LibC.errno(errno);
        return error == LibC.EAGAIN || error == LibC.EINTR ? 0 : gone(error);
    }

    private int gone(final int error) {
        lastError = error;
        return GONE;
    }

    /** Throws away what was received and not read. */
    public void discardReceived() {
        try {
            final int ignored = (int) LibC.TCFLUSH.invokeExact(errno, fd, LibC.TCIFLUSH);
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    /** The descriptor's number. */
    int number() {
        return fd;
    }

    MemorySegment errnoSegment() {
        return errno;
    }

    /** What it is and what went wrong with it, if anything did. */
    public String describe() {
        return lastError == 0 ? name : name + ": " + LibC.describe(lastError);
    }

    @Override
    public void close() {
        if (fd >= 0) {
            LibC.close(errno, fd);
            fd = -1;
            arena.close();
        }
    }
}
