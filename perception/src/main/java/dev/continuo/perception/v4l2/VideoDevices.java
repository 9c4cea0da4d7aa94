package dev.continuo.perception.v4l2;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the cameras of this computer, and what each can do. */
public final class VideoDevices {
    private static final int MOST = 64;

    private VideoDevices() {
    }

    /**
     * A camera.
     *
     * @param device  for example {@code /dev/video0}
     * @param name    the camera's own
     * @param bus     where it is plugged in
     * @param formats what it gives, for people: {@code YUYV 640x480 at 30, 15}
     */
    public record Found(Path device, String name, String bus, List<String> formats) {
    }

    /** All cameras that can be opened, in the order of their devices. */
    public static List<Found> find() {
        final Path devices = Path.of("/dev");
        if (!Files.isDirectory(devices)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(devices)) {
            return find(new LinuxVideoCalls(), entries.filter(path -> path.getFileName().toString().matches("video\\d+")).sorted().toList());
        } catch (final IOException failure) {
            throw new UncheckedIOException("cannot look into " + devices, failure);
        }
    }

    static List<Found> find(final VideoCalls calls, final List<Path> devices) {
        return devices.stream().flatMap(device -> look(calls, device).stream()).toList();
    }

    private static Optional<Found> look(final VideoCalls calls, final Path device) {
        final int fd = calls.open(device.toString());
        if (fd < 0) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment capability = arena.allocate(VideoStructs.CAPABILITY_BYTES, Integer.BYTES);
            if (calls.ioctl(fd, VideoStructs.QUERYCAP, capability) < 0
                || (capabilities(capability) & VideoStructs.CAP_VIDEO_CAPTURE) == 0 || (capabilities(capability) & VideoStructs.CAP_META_CAPTURE) != 0) {
                return Optional.empty();
            }
            return Optional.of(new Found(device, capability.getString(VideoStructs.CAPABILITY_CARD),
                capability.getString(VideoStructs.CAPABILITY_BUS), formats(calls, fd, arena)));
        } finally {
            calls.close(fd);
        }
    }

    /** What a device can do, of all that its camera can do. */
    static int capabilities(final MemorySegment capability) {
        final int all = capability.get(JAVA_INT, VideoStructs.CAPABILITY_ALL);
        return (all & VideoStructs.CAP_DEVICE_CAPS) != 0 ? capability.get(JAVA_INT, VideoStructs.CAPABILITY_DEVICE) : all;
    }

    private static List<String> formats(final VideoCalls calls, final int fd, final Arena arena) {
        final List<String> formats = new ArrayList<>();
        final MemorySegment description = arena.allocate(VideoStructs.FORMAT_DESCRIPTION_BYTES, Integer.BYTES);
        for (int i = 0; i < MOST; i++) {
            description.fill((byte) 0);
            description.set(JAVA_INT, 0, i);
            description.set(JAVA_INT, VideoStructs.FORMAT_DESCRIPTION_TYPE, VideoStructs.CAPTURE);
            if (calls.ioctl(fd, VideoStructs.ENUM_FMT, description) < 0) {
                break;
            }
            sizes(calls, fd, description.get(JAVA_INT, VideoStructs.FORMAT_DESCRIPTION_FOURCC), arena, formats);
        }
        return formats;
    }

    private static void sizes(final VideoCalls calls, final int fd, final int fourCc, final Arena arena, final List<String> formats) {
        final MemorySegment size = arena.allocate(VideoStructs.SIZE_BYTES, Integer.BYTES);
        for (int i = 0; i < MOST; i++) {
            size.fill((byte) 0);
            size.set(JAVA_INT, 0, i);
            size.set(JAVA_INT, VideoStructs.SIZE_FOURCC, fourCc);
            if (calls.ioctl(fd, VideoStructs.ENUM_FRAMESIZES, size) < 0) {
                break;
            }
            if (size.get(JAVA_INT, VideoStructs.SIZE_TYPE) != VideoStructs.DISCRETE) {
                formats.add(PixelFormat.text(fourCc) + " in any size");
                break;
            }
            final int width = size.get(JAVA_INT, VideoStructs.SIZE_WIDTH);
            final int height = size.get(JAVA_INT, VideoStructs.SIZE_HEIGHT);
            formats.add(PixelFormat.text(fourCc) + ' ' + width + 'x' + height + rates(calls, fd, fourCc, width, height, arena));
        }
    }

    private static String rates(final VideoCalls calls, final int fd, final int fourCc, final int width, final int height, final Arena arena) {
        final List<String> rates = new ArrayList<>();
        final MemorySegment interval = arena.allocate(VideoStructs.INTERVAL_BYTES, Integer.BYTES);
        for (int i = 0; i < MOST; i++) {
            interval.fill((byte) 0);
            interval.set(JAVA_INT, 0, i);
            interval.set(JAVA_INT, VideoStructs.INTERVAL_FOURCC, fourCc);
            interval.set(JAVA_INT, VideoStructs.INTERVAL_WIDTH, width);
            interval.set(JAVA_INT, VideoStructs.INTERVAL_HEIGHT, height);
            if (calls.ioctl(fd, VideoStructs.ENUM_FRAMEINTERVALS, interval) < 0 || interval.get(JAVA_INT, VideoStructs.INTERVAL_TYPE) != VideoStructs.DISCRETE) {
                break;
            }
            final int numerator = Math.max(1, interval.get(JAVA_INT, VideoStructs.INTERVAL_NUMERATOR));
            rates.add(Long.toString(Math.round((double) interval.get(JAVA_INT, VideoStructs.INTERVAL_DENOMINATOR) / numerator)));
        }
        return rates.isEmpty() ? "" : " at " + String.join(", ", rates);
    }
}
