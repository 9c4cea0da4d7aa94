package dev.continuo.perception.v4l2;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A device that streams into buffers of its driver, from opening to closing. What the camera was asked for and what it gives may differ: the latter counts. For one thread.
 */
final class V4l2Stream implements AutoCloseable {
    private static final int BUFFERS = 4;
    private static final int FEWEST_BUFFERS = 2;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    private final VideoCalls calls;
    private final String device;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(VideoStructs.BUFFER_BYTES, Long.BYTES);
    private final int fd;
    private MemorySegment[] mapped = {};
    private int width;
    private int height;
    private int lineBytes;
    private PixelFormat format = PixelFormat.YUYV;

    private int held = -1;
    private int used;
    private boolean broken;
    private long capturedAtNanos;
    private long sequence;

    private V4l2Stream(final VideoCalls calls, final String device, final int fd) {
        this.calls = calls;
        this.device = device;
        this.fd = fd;
    }

    /**
     * Opens a device and starts it.
     *
     * @throws IOException when that cannot be done, with what is in the way
     */
    static V4l2Stream open(final VideoCalls calls, final V4l2Source source) throws IOException {
        final String device = source.device().toString();
        final int fd = calls.open(device);
        if (fd < 0) {
            throw new IOException(device + ": " + switch (-fd) {
                case VideoStructs.ENOENT -> "no such device";
                case VideoStructs.EACCES -> "not permitted; add yourself to the group video and log in again";
                default -> calls.describe(fd);
            });
        }
        final V4l2Stream stream = new V4l2Stream(calls, device, fd);
        try {
            stream.requireCapture();
            stream.choose(source);
            stream.pace(source.rateHz());
            stream.mapBuffers();
            stream.start();
            return stream;
        } catch (final IOException failure) {
            stream.close();
            throw failure;
        }
    }

    private void requireCapture() throws IOException {
        final MemorySegment capability = arena.allocate(VideoStructs.CAPABILITY_BYTES, Integer.BYTES);
        demand(VideoStructs.QUERYCAP, capability, "is no video device");
        if ((VideoDevices.capabilities(capability) & (VideoStructs.CAP_VIDEO_CAPTURE | VideoStructs.CAP_STREAMING))
            != (VideoStructs.CAP_VIDEO_CAPTURE | VideoStructs.CAP_STREAMING)) {
            throw new IOException(device + " streams no pictures; a camera often has a second device beside the one that does");
        }
    }

    private void choose(final V4l2Source source) throws IOException {
        final MemorySegment wanted = arena.allocate(VideoStructs.FORMAT_BYTES, Long.BYTES);
        wanted.set(JAVA_INT, 0, VideoStructs.CAPTURE);
        wanted.set(JAVA_INT, VideoStructs.FORMAT_WIDTH, source.width());
        wanted.set(JAVA_INT, VideoStructs.FORMAT_HEIGHT, source.height());
        wanted.set(JAVA_INT, VideoStructs.FORMAT_FOURCC, source.format().fourCc());
        wanted.set(JAVA_INT, VideoStructs.FORMAT_FIELD, VideoStructs.PROGRESSIVE);
        demand(VideoStructs.S_FMT, wanted, "does not take a format");
        final int given = wanted.get(JAVA_INT, VideoStructs.FORMAT_FOURCC);
        format = PixelFormat.of(given).orElseThrow(() -> new IOException(
            device + " gives " + PixelFormat.text(given) + " when it is asked for " + source.format() + "; understood are YUYV and MJPG"));
        width = wanted.get(JAVA_INT, VideoStructs.FORMAT_WIDTH);
        height = wanted.get(JAVA_INT, VideoStructs.FORMAT_HEIGHT);
        lineBytes = Math.max(wanted.get(JAVA_INT, VideoStructs.FORMAT_LINE_BYTES), format == PixelFormat.YUYV ? 2 * width : 0);
    }

    /** A camera that cannot be told how fast is as fast as it is. */
    private void pace(final int rateHz) {
        if (rateHz > 0) {
            final MemorySegment parameters = arena.allocate(VideoStructs.PARAMETERS_BYTES, Integer.BYTES);
            parameters.set(JAVA_INT, 0, VideoStructs.CAPTURE);
            parameters.set(JAVA_INT, VideoStructs.PARAMETERS_NUMERATOR, 1);
            parameters.set(JAVA_INT, VideoStructs.PARAMETERS_DENOMINATOR, rateHz);
            calls.ioctl(fd, VideoStructs.S_PARM, parameters);
        }
    }

    private void mapBuffers() throws IOException {
        final MemorySegment request = arena.allocate(VideoStructs.REQUEST_BYTES, Integer.BYTES);
        request.set(JAVA_INT, 0, BUFFERS);
        request.set(JAVA_INT, VideoStructs.REQUEST_TYPE, VideoStructs.CAPTURE);
        request.set(JAVA_INT, VideoStructs.REQUEST_MEMORY, VideoStructs.MAPPED);
        demand(VideoStructs.REQBUFS, request, "has no buffers");
        final int count = request.get(JAVA_INT, 0);
        if (count < FEWEST_BUFFERS) {
            throw new IOException(device + " has " + count + " buffers");
        }
        mapped = new MemorySegment[count];
        java.util.Arrays.fill(mapped, MemorySegment.NULL);
        for (int i = 0; i < count; i++) {
            about(i);
            demand(VideoStructs.QUERYBUF, buffer, "does not tell of its buffers");
            mapped[i] = calls.map(fd, Integer.toUnsignedLong(buffer.get(JAVA_INT, VideoStructs.BUFFER_LENGTH)),
                Integer.toUnsignedLong(buffer.get(JAVA_INT, VideoStructs.BUFFER_OFFSET)));
            if (mapped[i].equals(MemorySegment.NULL)) {
                throw new IOException(device + ": its buffers cannot be mapped");
            }
            queue(i);
        }
    }

    private void start() throws IOException {
        final MemorySegment type = arena.allocate(JAVA_INT);
        type.set(JAVA_INT, 0, VideoStructs.CAPTURE);
        demand(VideoStructs.STREAMON, type, "does not stream");
    }

    private void about(final int index) {
        buffer.fill((byte) 0);
        buffer.set(JAVA_INT, 0, index);
        buffer.set(JAVA_INT, VideoStructs.BUFFER_TYPE, VideoStructs.CAPTURE);
        buffer.set(JAVA_INT, VideoStructs.BUFFER_MEMORY, VideoStructs.MAPPED);
    }

    private void queue(final int index) throws IOException {
        about(index);
        demand(VideoStructs.QBUF, buffer, "takes no buffer back");
    }

    private void demand(final long request, final MemorySegment argument, final String otherwise) throws IOException {
        final int result = calls.ioctl(fd, request, argument);
        if (result < 0) {
            throw new IOException(device + switch (-result) {
                case VideoStructs.EBUSY -> " is used by another program";
                case VideoStructs.ENOSPC -> ": not enough bandwidth on its USB bus; ask for a smaller size, a lower rate or mjpg";
                case VideoStructs.ENODEV -> " was unplugged";
                default -> ' ' + otherwise + " (" + calls.describe(result) + ')';
            });
        }
    }

    /**
     * Takes the newest picture that is there; older ones are given back. It stays until {@link #giveBack}.
     *
     * @return whether there is one
     * @throws IOException when the device is gone
     */
    boolean take() throws IOException {
        final int ready = calls.ready(fd);
        if (ready < 0 || (ready & VideoStructs.POLLIN) == 0 && (ready & (VideoStructs.POLLERR | VideoStructs.POLLHUP)) != 0) {
            throw new IOException(device + " was unplugged");
        }
        while ((ready & VideoStructs.POLLIN) != 0) {
            about(0);
            final int result = calls.ioctl(fd, VideoStructs.DQBUF, buffer);
            if (result == -VideoStructs.EAGAIN) {
                break;
            }
            if (result < 0) {
                throw new IOException(device + (result == -VideoStructs.ENODEV ? " was unplugged" : ": " + calls.describe(result)));
            }
            keep();
        }
        return held >= 0;
    }

    private void keep() throws IOException {
        final int index = buffer.get(JAVA_INT, 0);
        final int flags = buffer.get(JAVA_INT, VideoStructs.BUFFER_FLAGS);
        used = Math.min(buffer.get(JAVA_INT, VideoStructs.BUFFER_USED), (int) mapped[index].byteSize());
        broken = (flags & VideoStructs.FLAG_ERROR) != 0;
        capturedAtNanos = (flags & VideoStructs.FLAG_CLOCK) == VideoStructs.FLAG_MONOTONIC
            ? buffer.get(JAVA_LONG, VideoStructs.BUFFER_SECONDS) * NANOS_PER_SECOND + buffer.get(JAVA_LONG, VideoStructs.BUFFER_MICROS) * NANOS_PER_MICRO
            : Long.MIN_VALUE;
        sequence = Integer.toUnsignedLong(buffer.get(JAVA_INT, VideoStructs.BUFFER_SEQUENCE));
        final int before = held;
        held = index;
        if (before >= 0) {
            queue(before);
        }
    }

    /** The bytes of the picture that was taken. */
    MemorySegment picture() {
        return mapped[held].asSlice(0, used);
    }

    /** Whether the driver itself calls the picture broken. */
    boolean broken() {
        return broken;
    }

    /** When the picture was taken, nanoseconds of {@link System#nanoTime}; {@link Long#MIN_VALUE} when the driver's clock is another. */
    long capturedAtNanos() {
        return capturedAtNanos;
    }

    /** The picture's number; gaps are pictures that were lost. */
    long sequence() {
        return sequence;
    }

    /** Lets the driver use the picture's buffer again. */
    void giveBack() throws IOException {
        final int index = held;
        held = -1;
        queue(index);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Bytes from one row to the next. */
    int lineBytes() {
        return lineBytes;
    }

    PixelFormat format() {
        return format;
    }

    @Override
    public void close() {
        final MemorySegment type = arena.allocate(JAVA_INT);
        type.set(JAVA_INT, 0, VideoStructs.CAPTURE);
        calls.ioctl(fd, VideoStructs.STREAMOFF, type);
        for (final MemorySegment each : mapped) {
            if (!each.equals(MemorySegment.NULL)) {
                calls.unmap(each);
            }
        }
        calls.close(fd);
        arena.close();
    }
}
