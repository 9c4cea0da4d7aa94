package dev.continuo.hardware.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A UDP socket over IPv4 that a control loop can wait on: the kernel wakes the thread when a datagram comes. What is sent goes to whoever sent the datagram
 * that was {@link #accept accepted} last. Neither waiting, receiving nor sending allocates or takes a lock. For one thread.
 */
public final class UdpSocket implements AutoCloseable {
    /** Returned by {@link #receive} when there is nothing. */
    public static final int NOTHING = -1;

    private static final ValueLayout.OfShort NETWORK_SHORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NETWORK_INT = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int ADDRESS_BYTES = 16;
    private static final int PORT = 2;
    private static final int HOST = 4;
    private static final int POLL_BYTES = 8;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno = LibC.errnoSegment(arena);
    private final MemorySegment waiting = arena.allocate(POLL_BYTES, Integer.BYTES);
    private final MemorySegment peer = arena.allocate(ADDRESS_BYTES, Integer.BYTES);
    private final MemorySegment sender = arena.allocate(ADDRESS_BYTES, Integer.BYTES);
    private final MemorySegment peerBytes = arena.allocate(JAVA_INT);
    private final int port;
    private int fd = -1;
    private boolean peerKnown;
    private int expected;
    private long strangers;

    /**
     * Opens a socket on all addresses of this computer.
     *
     * @param wantedPort 0 for any that is free
     * @throws UncheckedIOException when there is none, or the port is taken
     */
    public UdpSocket(final int wantedPort) {
        try {
            fd = (int) LibC.SOCKET.invokeExact(errno, LibC.AF_INET, LibC.SOCK_DGRAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, 0);
            peer.set(JAVA_SHORT, 0, (short) LibC.AF_INET);
            peer.set(NETWORK_SHORT, PORT, (short) wantedPort);
            peerBytes.set(JAVA_INT, 0, ADDRESS_BYTES);
            if (fd < 0 || (int) LibC.BIND.invokeExact(errno, fd, peer, ADDRESS_BYTES) < 0
                || (int) LibC.GETSOCKNAME.invokeExact(errno, fd, peer, peerBytes) < 0) {
                throw new UncheckedIOException(new BindException("UDP port " + wantedPort + ": " + LibC.describe(LibC.errno(errno))));
            }
        } catch (final UncheckedIOException failure) {
            close();
            throw failure;
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
        port = peer.get(NETWORK_SHORT, PORT) & 0xFFFF;
        waiting.set(JAVA_INT, 0, fd);
        waiting.set(JAVA_SHORT, EVENTS, LibC.POLLIN);
    }

    /**
     * Talks to one peer alone from now on: what others send is not received.
     *
     * @throws UncheckedIOException when there is no way to it
     */
    public void connect(final InetAddress address, final int peerPort) {
        peer.set(JAVA_SHORT, 0, (short) LibC.AF_INET);
        peer.set(NETWORK_SHORT, PORT, (short) peerPort);
        MemorySegment.copy(address.getAddress(), 0, peer, JAVA_BYTE, HOST, Integer.BYTES);
        try {
            if ((int) LibC.CONNECT.invokeExact(errno, fd, peer, ADDRESS_BYTES) < 0) {
                throw new UncheckedIOException(new ConnectException(
                    "UDP to " + address.getHostAddress() + ':' + peerPort + ": " + LibC.describe(LibC.errno(errno))));
            }
        } catch (final UncheckedIOException failure) {
            throw failure;
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
        peerKnown = true;
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /**
     * Waits until there is a datagram.
     *
     * @param timeoutNanos rounded up to milliseconds; 0 only looks
     * @return whether there is one
     */
    public boolean await(final long timeoutNanos) {
        waiting.set(JAVA_SHORT, REVENTS, (short) 0);
        try {
            return (int) LibC.POLL.invokeExact(errno, waiting, 1L, (int) ((timeoutNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI)) > 0;
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    /** Takes datagrams of one computer alone from now on; others are counted and passed over. */
    public void expect(final InetAddress address) {
        final byte[] bytes = address.getAddress();
        expected = bytes.length == Integer.BYTES ? ByteBuffer.wrap(bytes).getInt() : 0;
    }

    /**
     * Takes a datagram.
     *
     * @return its length, which may be more than there was room for, or {@link #NOTHING}
     */
    public int receive(final MemorySegment buffer) {
        try {
            while (true) {
                peerBytes.set(JAVA_INT, 0, ADDRESS_BYTES);
                final long bytes = (long) LibC.RECVFROM.invokeExact(errno, fd, buffer, buffer.byteSize(), LibC.MSG_TRUNC, sender, peerBytes);
                if (bytes < 0) {
                    return NOTHING;
                }
                if (expected == 0 || sender.get(NETWORK_INT, HOST) == expected) {
                    return (int) bytes;
                }
                strangers++;
            }
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    /** Answers go to the sender of the datagram that was received last. */
    public void accept() {
        MemorySegment.copy(sender, 0, peer, 0, ADDRESS_BYTES);
        peerKnown = true;
    }

    /** Datagrams of computers that were not expected. */
    public long strangers() {
        return strangers;
    }

    /**
     * Answers the peer.
     *
     * @return whether the kernel took it
     * @throws IllegalStateException when no datagram was accepted yet
     */
    public boolean answer(final MemorySegment buffer, final long length) {
        if (!peerKnown) {
            throw new IllegalStateException("nobody to answer");
        }
        try {
            return (long) LibC.SENDTO.invokeExact(errno, fd, buffer, length, 0, peer, ADDRESS_BYTES) == length;
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
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
