package dev.continuo.hardware.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.continuo.config.ProfileException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** Opens terminals for raw, non-blocking, exclusive use: serial lines. */
public final class Tty {
    private static final long TIOCEXCL = 0x540cL;
    private static final long TIOCGSERIAL = 0x541eL;
    private static final long TIOCSSERIAL = 0x541fL;
    private static final int ASYNC_LOW_LATENCY = 0x2000;
    private static final int SERIAL_STRUCT_BYTES = 72;
    private static final int SERIAL_FLAGS_OFFSET = 16;

    static final int KEEP_SPEED = 0;

    private static final int TERMIOS_BYTES = 60;
    private static final int IFLAG = 0;
    private static final int OFLAG = 4;
    private static final int CFLAG = 8;
    private static final int LFLAG = 12;
    private static final int VTIME = 17 + 5;
    private static final int VMIN = 17 + 6;
    private static final int CS8 = 0x30;
    private static final int CREAD = 0x80;
    private static final int CLOCAL = 0x800;
    private static final int BAUD_MASK = 0x100f;

    private Tty() {
    }

    /**
     * Opens a terminal at the speed that it has: for adapters that do not care.
     *
     * @throws ProfileException if it is absent, no terminal, in use or not permitted; the message says how to mend it
     */
    public static RawDescriptor open(final Path path) {
        return open(path, KEEP_SPEED);
    }

    /**
     * Opens a terminal.
     *
     * @param baud bits per second
     * @throws ProfileException as above, or if the line has no such speed
     */
    public static RawDescriptor open(final Path path, final int baud) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment errno = LibC.errnoSegment(arena);
            final int flags = LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
            final int fd = (int) LibC.OPEN.invokeExact(errno, arena.allocateFrom(path.toString()), flags);
            if (fd < 0) {
                throw new ProfileException("cannot open tty " + path + ": " + explain(LibC.errno(errno)));
            }
            final RawDescriptor descriptor = new RawDescriptor(fd, "tty " + path);
            try {
                makeRaw(descriptor, baud);
                makeExclusive(descriptor);
            } catch (final ProfileException complaint) {
                descriptor.close();
                throw complaint;
            }
            return descriptor;
        } catch (final ProfileException complaint) {
            throw complaint;
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    /** Bytes pass unchanged both ways, eight bits each; reading does not wait. */
    static void makeRaw(final RawDescriptor descriptor, final int speed) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment errno = descriptor.errnoSegment();
            final MemorySegment termios = arena.allocate(TERMIOS_BYTES, Long.BYTES);
            int outcome = (int) LibC.TCGETATTR.invokeExact(errno, descriptor.number(), termios);
            if (outcome < 0) {
                final int error = LibC.errno(errno);
                throw new ProfileException(descriptor.describe() + ": "
                    + (error == LibC.ENOTTY || error == LibC.EINVAL ? "it is not a tty" : LibC.describe(error)));
            }
            final int baud = termios.get(JAVA_INT, CFLAG) & BAUD_MASK;
            termios.set(JAVA_INT, IFLAG, 0);
            termios.set(JAVA_INT, OFLAG, 0);
            termios.set(JAVA_INT, LFLAG, 0);
            termios.set(JAVA_INT, CFLAG, baud | CS8 | CREAD | CLOCAL);
            // An empty terminal then says EAGAIN and a hung-up one end of file: with VMIN 0 both would read as nothing.
            termios.set(JAVA_BYTE, VMIN, (byte) 1);
            termios.set(JAVA_BYTE, VTIME, (byte) 0);
            if (speed != KEEP_SPEED && (int) LibC.CFSETSPEED.invokeExact(errno, termios, speed) < 0) {
                throw new ProfileException(descriptor.describe() + ": no line runs at " + speed + " baud");
            }
            outcome = (int) LibC.TCSETATTR.invokeExact(errno, descriptor.number(), 0, termios);
            if (outcome < 0) {
                throw new ProfileException(descriptor.describe() + ": cannot make it raw: " + LibC.describe(LibC.errno(errno)));
            }
        } catch (final ProfileException complaint) {
            throw complaint;
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    /** Nobody else may open it; and, where the driver knows how, it delivers without delay. Neither is essential. */
    private static void makeExclusive(final RawDescriptor descriptor) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment errno = descriptor.errnoSegment();
            final int ignored = (int) LibC.IOCTL.invokeExact(errno, descriptor.number(), TIOCEXCL, MemorySegment.NULL);
            final MemorySegment serial = arena.allocate(SERIAL_STRUCT_BYTES, Long.BYTES);
            if ((int) LibC.IOCTL.invokeExact(errno, descriptor.number(), TIOCGSERIAL, serial) == 0) {
                serial.set(JAVA_INT, SERIAL_FLAGS_OFFSET, serial.get(JAVA_INT, SERIAL_FLAGS_OFFSET) | ASYNC_LOW_LATENCY);
                final int alsoIgnored = (int) LibC.IOCTL.invokeExact(errno, descriptor.number(), TIOCSSERIAL, serial);
            }
        }
    }

    private static String explain(final int error) {
        return switch (error) {
            case LibC.ENOENT -> "it does not exist; is the adapter plugged in?";
            case LibC.EACCES, LibC.EPERM -> "not permitted; add the user to the group that owns it (dialout), or set a udev rule";
            case LibC.EBUSY -> "another process uses it; is slcand running?";
            case LibC.ENXIO, LibC.ENODEV -> "no device behind it; is the adapter plugged in?";
            default -> LibC.describe(error);
        };
    }
}
