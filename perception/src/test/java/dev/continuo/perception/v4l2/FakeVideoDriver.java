package dev.continuo.perception.v4l2;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A camera's driver at the boundary of the system calls, as the kernel's documentation describes it: refuses what comes in the wrong order, and changes what is asked for into
 * what it can do.
 */
final class FakeVideoDriver implements VideoCalls {
    static final int FD = 7;

    /** The size that the camera gives, whatever it is asked for. */
    int width = 8;
    int height = 4;
    int padding;
    PixelFormat format = PixelFormat.YUYV;
    int capabilities = VideoStructs.CAP_VIDEO_CAPTURE | VideoStructs.CAP_STREAMING;
    int openError;
    int streamError;
    boolean monotonic = true;
    int askedRate;
    boolean unplugged;
    int opened;
    int closed;
    int unmapped;

    private final Arena arena = Arena.ofAuto();
    private final List<MemorySegment> buffers = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Deque<Filled> filled = new ArrayDeque<>();
    private boolean streaming;
    private int sequence;

    private record Filled(int index, int used, int flags, long nanos, int sequence) {
    }

    /** The camera has a picture; it is lost when all buffers are in use. */
    void give(final byte[] bytes, final long nanos, final boolean broken) {
        sequence++;
        if (free.isEmpty()) {
            return;
        }
        final int index = free.poll();
        MemorySegment.copy(bytes, 0, buffers.get(index), JAVA_BYTE, 0, bytes.length);
        filled.add(new Filled(index, bytes.length, broken ? VideoStructs.FLAG_ERROR : 0, nanos, sequence));
    }

    /** Buffers that the driver can fill. */
    int freeBuffers() {
        return free.size();
    }

    @Override
    public int open(final String path) {
        if (openError != 0 || unplugged) {
            return unplugged ? -VideoStructs.ENOENT : -openError;
        }
        opened++;
        return FD;
    }

    @Override
    public int ioctl(final int fd, final long request, final MemorySegment argument) {
        if (fd != FD) {
            return -9;
        }
        if (unplugged) {
            return -VideoStructs.ENODEV;
        }
        if (request == VideoStructs.QUERYCAP) {
            argument.setString(VideoStructs.CAPABILITY_CARD, "A camera");
            argument.setString(VideoStructs.CAPABILITY_BUS, "usb-1.2");
            argument.set(JAVA_INT, VideoStructs.CAPABILITY_ALL, VideoStructs.CAP_DEVICE_CAPS | VideoStructs.CAP_VIDEO_CAPTURE | VideoStructs.CAP_META_CAPTURE);
            argument.set(JAVA_INT, VideoStructs.CAPABILITY_DEVICE, capabilities);
            return 0;
        }
        if (request == VideoStructs.S_FMT) {
            return setFormat(argument);
        }
        if (request == VideoStructs.S_PARM) {
            askedRate = argument.get(JAVA_INT, VideoStructs.PARAMETERS_DENOMINATOR);
            return 0;
        }
        if (request == VideoStructs.REQBUFS) {
            argument.set(JAVA_INT, 0, 3);
            for (int i = 0; i < 3; i++) {
                buffers.add(arena.allocate(imageBytes()));
            }
            return 0;
        }
        if (request == VideoStructs.QUERYBUF) {
            final int index = argument.get(JAVA_INT, 0);
            argument.set(JAVA_INT, VideoStructs.BUFFER_LENGTH, imageBytes());
            argument.set(JAVA_INT, VideoStructs.BUFFER_OFFSET, index * 4096);
            return index < buffers.size() ? 0 : -VideoStructs.EINVAL;
        }
        if (request == VideoStructs.QBUF) {
            final int index = argument.get(JAVA_INT, 0);
            if (free.contains(index)) {
                return -VideoStructs.EINVAL;
            }
            free.add(index);
            return 0;
        }
        if (request == VideoStructs.DQBUF) {
            return dequeue(argument);
        }
        if (request == VideoStructs.STREAMON) {
            streaming = streamError == 0;
            return -streamError;
        }
        if (request == VideoStructs.STREAMOFF) {
            streaming = false;
            return 0;
        }
        return enumerate(request, argument);
    }

    private int imageBytes() {
        return (2 * width + padding) * height;
    }

    private int setFormat(final MemorySegment argument) {
        argument.set(JAVA_INT, VideoStructs.FORMAT_WIDTH, width);
        argument.set(JAVA_INT, VideoStructs.FORMAT_HEIGHT, height);
        argument.set(JAVA_INT, VideoStructs.FORMAT_FOURCC, format == null ? 0x34363248 : format.fourCc());
        argument.set(JAVA_INT, VideoStructs.FORMAT_LINE_BYTES, format == PixelFormat.YUYV ? 2 * width + padding : 0);
        argument.set(JAVA_INT, VideoStructs.FORMAT_IMAGE_BYTES, imageBytes());
        return 0;
    }

    private int dequeue(final MemorySegment argument) {
        if (!streaming) {
            return -VideoStructs.EINVAL;
        }
        final Filled next = filled.poll();
        if (next == null) {
            return -VideoStructs.EAGAIN;
        }
        argument.set(JAVA_INT, 0, next.index);
        argument.set(JAVA_INT, VideoStructs.BUFFER_USED, next.used);
        argument.set(JAVA_INT, VideoStructs.BUFFER_FLAGS, next.flags | (monotonic ? VideoStructs.FLAG_MONOTONIC : 0));
        argument.set(JAVA_LONG, VideoStructs.BUFFER_SECONDS, next.nanos / 1_000_000_000L);
        argument.set(JAVA_LONG, VideoStructs.BUFFER_MICROS, next.nanos % 1_000_000_000L / 1000);
        argument.set(JAVA_INT, VideoStructs.BUFFER_SEQUENCE, next.sequence);
        return 0;
    }

    private static int enumerate(final long request, final MemorySegment argument) {
        final int index = argument.get(JAVA_INT, 0);
        if (request == VideoStructs.ENUM_FMT && index < 2) {
            argument.set(JAVA_INT, VideoStructs.FORMAT_DESCRIPTION_FOURCC, PixelFormat.values()[index].fourCc());
            return 0;
        }
        if (request == VideoStructs.ENUM_FRAMESIZES && index < 2) {
            argument.set(JAVA_INT, VideoStructs.SIZE_TYPE, VideoStructs.DISCRETE);
            argument.set(JAVA_INT, VideoStructs.SIZE_WIDTH, 640 >> index);
            argument.set(JAVA_INT, VideoStructs.SIZE_HEIGHT, 480 >> index);
            return 0;
        }
        if (request == VideoStructs.ENUM_FRAMEINTERVALS && index < 2) {
            argument.set(JAVA_INT, VideoStructs.INTERVAL_TYPE, VideoStructs.DISCRETE);
            argument.set(JAVA_INT, VideoStructs.INTERVAL_NUMERATOR, 1);
            argument.set(JAVA_INT, VideoStructs.INTERVAL_DENOMINATOR, 30 >> index);
            return 0;
        }
        return -VideoStructs.EINVAL;
    }

    @Override
    public int ready(final int fd) {
        return unplugged ? VideoStructs.POLLERR | VideoStructs.POLLHUP : filled.isEmpty() ? 0 : VideoStructs.POLLIN;
    }

    @Override
    public MemorySegment map(final int fd, final long length, final long offset) {
        return buffers.get((int) (offset / 4096)).asSlice(0, length);
    }

    @Override
    public void unmap(final MemorySegment buffer) {
        unmapped++;
    }

    @Override
    public void close(final int fd) {
        closed++;
        buffers.clear();
        free.clear();
        filled.clear();
        streaming = false;
        sequence = 0;
    }

    @Override
    public String describe(final int error) {
        return "error " + Math.abs(error);
    }
}
