package dev.continuo.perception.v4l2;

/** Numbers of Video4Linux, the same on x86-64 and AArch64 (arx.md section 14): requests, sizes of structures, offsets in them. */
final class VideoStructs {
    static final long QUERYCAP = 0x80685600L;
    static final long ENUM_FMT = 0xc0405602L;
    static final long S_FMT = 0xc0d05605L;
    static final long REQBUFS = 0xc0145608L;
    static final long QUERYBUF = 0xc0585609L;
    static final long QBUF = 0xc058560fL;
    static final long DQBUF = 0xc0585611L;
    static final long STREAMON = 0x40045612L;
    static final long STREAMOFF = 0x40045613L;
    static final long S_PARM = 0xc0cc5616L;
    static final long ENUM_FRAMESIZES = 0xc02c564aL;
    static final long ENUM_FRAMEINTERVALS = 0xc034564bL;

    static final int CAPABILITY_BYTES = 104;
    static final int CAPABILITY_CARD = 16;
    static final int CAPABILITY_BUS = 48;
    static final int CAPABILITY_ALL = 84;
    static final int CAPABILITY_DEVICE = 88;
    static final int CAP_VIDEO_CAPTURE = 1;
    static final int CAP_META_CAPTURE = 0x800000;
    static final int CAP_STREAMING = 0x04000000;
    static final int CAP_DEVICE_CAPS = 0x80000000;

    static final int FORMAT_DESCRIPTION_BYTES = 64;
    static final int FORMAT_DESCRIPTION_TYPE = 4;
    static final int FORMAT_DESCRIPTION_FOURCC = 44;

    static final int FORMAT_BYTES = 208;
    static final int FORMAT_WIDTH = 8;
    static final int FORMAT_HEIGHT = 12;
    static final int FORMAT_FOURCC = 16;
    static final int FORMAT_FIELD = 20;
    static final int FORMAT_LINE_BYTES = 24;
    static final int FORMAT_IMAGE_BYTES = 28;

    static final int REQUEST_BYTES = 20;
    static final int REQUEST_TYPE = 4;
    static final int REQUEST_MEMORY = 8;

    static final int BUFFER_BYTES = 88;
    static final int BUFFER_TYPE = 4;
    static final int BUFFER_USED = 8;
    static final int BUFFER_FLAGS = 12;
    static final int BUFFER_SECONDS = 24;
    static final int BUFFER_MICROS = 32;
    static final int BUFFER_SEQUENCE = 56;
    static final int BUFFER_MEMORY = 60;
    static final int BUFFER_OFFSET = 64;
    static final int BUFFER_LENGTH = 72;
    static final int FLAG_ERROR = 0x40;
    static final int FLAG_CLOCK = 0xe000;
    static final int FLAG_MONOTONIC = 0x2000;

    static final int PARAMETERS_BYTES = 204;
    static final int PARAMETERS_NUMERATOR = 12;
    static final int PARAMETERS_DENOMINATOR = 16;

    static final int SIZE_BYTES = 44;
    static final int SIZE_FOURCC = 4;
    static final int SIZE_TYPE = 8;
    static final int SIZE_WIDTH = 12;
    static final int SIZE_HEIGHT = 16;
    static final int DISCRETE = 1;

    static final int INTERVAL_BYTES = 52;
    static final int INTERVAL_FOURCC = 4;
    static final int INTERVAL_WIDTH = 8;
    static final int INTERVAL_HEIGHT = 12;
    static final int INTERVAL_TYPE = 16;
    static final int INTERVAL_NUMERATOR = 20;
    static final int INTERVAL_DENOMINATOR = 24;

    static final int CAPTURE = 1;
    static final int MAPPED = 1;
    static final int PROGRESSIVE = 1;

    static final int POLLIN = 1;
    static final int POLLERR = 8;
    static final int POLLHUP = 0x10;

    static final int ENOENT = 2;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int ENOTTY = 25;
    static final int ENOSPC = 28;

    private VideoStructs() {
    }
}
