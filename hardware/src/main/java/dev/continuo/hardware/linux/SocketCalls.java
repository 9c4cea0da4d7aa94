package dev.continuo.hardware.linux;

import java.lang.foreign.MemorySegment;

/**
 * The system calls that a socket of messages is driven with; what fails returns a negative error number. None of them waits, and none but
 * {@link #describe} allocates.
 */
public interface SocketCalls {
    /** A signal came in between. */
    int EINTR = 4;
    /** No such device or address: the interface of a socket is gone. */
    int ENXIO = 6;
    /** Nothing can be done without waiting. */
    int EAGAIN = 11;
    /** There is no such device. */
    int ENODEV = 19;
    /** A descriptor or argument that the kernel does not take. */
    int EINVAL = 22;
    /** The kernel does not know this protocol. */
    int EPROTONOSUPPORT = 93;
    /** The kernel does not know this kind of address. */
    int EAFNOSUPPORT = 97;
    /** The interface is down. */
    int ENETDOWN = 100;
    /** The interface's queue is full. */
    int ENOBUFS = 105;

    /** Opens a socket that does not block. */
    int socket(int family, int type, int protocol);

    /** Asks or tells something about a socket or an interface. */
    int ioctl(int fd, long request, MemorySegment argument);

    /** Gives a socket its address. */
    int bind(int fd, MemorySegment address);

    /** Sets an option of a socket. */
    int option(int fd, int level, int name, MemorySegment value);

    /**
     * Sends messages, in their order, until one cannot be sent.
     *
     * @param messages {@code struct mmsghdr} after {@code struct mmsghdr}
     * @return how many were sent, or the error of the first
     */
    int send(int fd, MemorySegment messages, int count);

    /**
     * Takes messages that have come.
     *
     * @param messages {@code struct mmsghdr} after {@code struct mmsghdr}, with room for what comes
     * @return how many came, or the error
     */
    int receive(int fd, MemorySegment messages, int count);

    /** Closes a socket. */
    void close(int fd);

    /** The clock that the kernel stamps messages with, nanoseconds; it may be set forwards and backwards at any time. */
    long stampNanos();

    /** The system's words for an error number, negative or not. */
    String describe(int error);
}
