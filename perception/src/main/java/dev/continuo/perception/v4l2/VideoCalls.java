package dev.continuo.perception.v4l2;

import java.lang.foreign.MemorySegment;

/** The system calls that a video device is driven with; what fails returns a negative error number. */
interface VideoCalls {
    /** Opens a device for reading and writing, not blocking. */
    int open(String path);

    /** Talks to a driver. */
    int ioctl(int fd, long request, MemorySegment argument);

    /** What can be done without waiting, as {@code poll} tells it: {@link VideoStructs#POLLIN} and {@link VideoStructs#POLLERR} or more. */
    int ready(int fd);

    /** Maps a buffer of the driver; {@link MemorySegment#NULL} when that fails. */
    MemorySegment map(int fd, long length, long offset);

    /** Unmaps a buffer. */
    void unmap(MemorySegment buffer);

    /** Closes a device. */
    void close(int fd);

    /** The system's words for an error number. */
    String describe(int error);
}
