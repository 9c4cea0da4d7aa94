package dev.continuo.hardware.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A pseudo-terminal: a device end to serve from here, and a path that another program opens as if it were a serial adapter.
 */
public final class Pty implements AutoCloseable {
    private final RawDescriptor device;
    private final RawDescriptor placeholder;
    private final Path path;

    private Pty(final RawDescriptor device, final RawDescriptor placeholder, final Path path) {
        this.device = device;
        this.placeholder = placeholder;
        this.path = path;
    }

    /** A fresh pseudo-terminal. */
    public static Pty open() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment errno = LibC.errnoSegment(arena);
            final MemorySegment numbers = arena.allocate(2 * JAVA_INT.byteSize(), JAVA_INT.byteAlignment());
            final MemorySegment none = MemorySegment.NULL;
            if ((int) LibC.OPENPTY.invokeExact(errno, numbers, numbers.asSlice(JAVA_INT.byteSize()), none, none, none) < 0) {
                throw new IllegalStateException("cannot open a pseudo-terminal: " + LibC.describe(LibC.errno(errno)));
            }
            final int deviceNumber = numbers.get(JAVA_INT, 0);
            final int hostNumber = numbers.get(JAVA_INT, JAVA_INT.byteSize());
            final Path path = pathOf(hostNumber);
            final RawDescriptor device = new RawDescriptor(deviceNumber, "device end of " + path);
            // Held open, so that the device end does not count as hung up before the first host comes and after it goes.
            final RawDescriptor placeholder = new RawDescriptor(hostNumber, path.toString());
            Tty.makeRaw(placeholder, Tty.KEEP_SPEED);
            final int ignored = (int) LibC.FCNTL.invokeExact(errno, deviceNumber, LibC.F_SETFL, LibC.O_RDWR | LibC.O_NONBLOCK);
            return new Pty(device, placeholder, path);
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    private static Path pathOf(final int number) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + number));
    }

    /** The device end. */
    public RawDescriptor device() {
        return device;
    }

    /** What a host opens. */
    public Path path() {
        return path;
    }

    /** Pulls the adapter: hosts find the terminal hung up. */
    @Override
    public void close() {
        device.close();
        placeholder.close();
    }
}
