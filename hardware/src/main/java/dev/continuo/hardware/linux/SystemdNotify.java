package dev.continuo.hardware.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Tells systemd how the service stands, by datagrams to the socket that it names (sd_notify(3)). Never waits: what the socket does not take at once is not sent. For one thread.
 */
public final class SystemdNotify implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int PATH = Short.BYTES;
    private static final int LONGEST_PATH = 107;
    private static final String VARIABLE = "NOTIFY_SOCKET";

    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno = LibC.errnoSegment(arena);
    private final MemorySegment address;
    private final int addressBytes;
    private final int fd;

    private SystemdNotify(final byte[] path) {
        address = arena.allocate(PATH + LONGEST_PATH + 1, Short.BYTES);
        address.set(JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(path, 0, address, JAVA_BYTE, PATH, path.length);
        final boolean isAbstract = path[0] == '@';
        if (isAbstract) {
            address.set(JAVA_BYTE, PATH, (byte) 0);
        }
        addressBytes = PATH + path.length + (isAbstract ? 0 : 1);
        try {
            fd = (int) LibC.SOCKET.invokeExact(errno, AF_UNIX, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0);
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    /** To the systemd that started this process; empty if none did, or if it does not want to know. */
    public static Optional<SystemdNotify> fromEnvironment() {
        return to(System.getenv(VARIABLE));
    }

    /**
     * To a socket.
     *
     * @param socket a path, or {@code @} and a name of the abstract namespace; null or anything else is no socket
     */
    static Optional<SystemdNotify> to(final String socket) {
        if (socket == null || !socket.startsWith("/") && !socket.startsWith("@")) {
            return Optional.empty();
        }
        final byte[] path = socket.getBytes(StandardCharsets.UTF_8);
        return path.length > LONGEST_PATH ? Optional.empty() : Optional.of(new SystemdNotify(path));
    }

    /** The service does its work. */
    public void ready() {
        send("READY=1");
    }

    /** The service is alive: without this for longer than the unit's {@code WatchdogSec} it is killed and started again. */
    public void alive(final String status) {
        send("WATCHDOG=1\nSTATUS=" + status.replace('\n', ' '));
    }

    /** The service ends. */
    public void stopping() {
        send("STOPPING=1");
    }

    private void send(final String text) {
        try (Arena call = Arena.ofConfined()) {
            final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            final MemorySegment message = call.allocateFrom(JAVA_BYTE, bytes);
            final long ignored = (long) LibC.SENDTO.invokeExact(errno, fd, message, (long) bytes.length, LibC.MSG_DONTWAIT, address, addressBytes);
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    @Override
    public void close() {
        LibC.close(errno, fd);
        arena.close();
    }
}
