package dev.continuo.hardware.can;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.continuo.hardware.linux.SocketCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A raw CAN socket and the memory of its messages, which outlives it: opened, lost and opened anew without allocation. What goes wrong is told by negative error
 * numbers. For one thread.
 */
final class CanSocket {
    /** Frames that wait here to be sent, and frames that one call takes. */
    static final int FRAMES = 64;
    /**
     * The kernel doubles it and counts some 768 bytes for a frame: about {@link #FRAMES} wait there at most. Few on purpose: once a bus is back, its motors must
     * not receive a long tail of old commands.
     */
    static final int SEND_BUFFER_BYTES = 24 * 1024;

    /** What an interface is good for. */
    enum Link {
        /** Frames can be exchanged. */
        UP,
        /** It is up but its controller is not on the bus. */
        OFF_BUS,
        /** It was not brought up, or was taken down. */
        DOWN,
        /** There is none of this name. */
        ABSENT,
        /** It is of another kind. */
        NOT_CAN,
        /** The kernel has no CAN. */
        UNSUPPORTED,
        /** Something else. */
        FAILED
    }

    private static final ValueLayout.OfLong D0_FIRST = JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int CONTROL_ROOM = 64;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final SocketCalls calls;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment request = arena.allocate(CanStructs.REQUEST_BYTES, Long.BYTES);
    private final MemorySegment address = arena.allocate(CanStructs.ADDRESS_BYTES, Long.BYTES);
    private final MemorySegment filter = arena.allocate(CanStructs.FILTER_BYTES, Integer.BYTES);
    private final MemorySegment number = arena.allocate(JAVA_INT);
    private final MemorySegment[] outgoing = new MemorySegment[FRAMES];
    private final MemorySegment outgoingFrames = arena.allocate(FRAMES * CanStructs.FRAME_BYTES, Long.BYTES);
    private final MemorySegment incoming = messages(arena);
    private final MemorySegment incomingFrames = arena.allocate(FRAMES * CanStructs.FRAME_BYTES, Long.BYTES);
    private final MemorySegment control = arena.allocate(FRAMES * CONTROL_ROOM, Long.BYTES);
    private final String name;
    private int fd = -1;
    private int waiting;
    private int lastError;
    private long overrun;
    private int overrunOfSocket;

    CanSocket(final SocketCalls calls, final String name) {
        this.calls = calls;
        this.name = name;
        filter.set(JAVA_INT, CanStructs.FILTER_ID, 0);
        filter.set(JAVA_INT, CanStructs.FILTER_MASK, CanFrames.EXTENDED_FLAG | CanFrames.REMOTE_FLAG);
        final MemorySegment sent = messages(arena);
        for (int i = 0; i < FRAMES; i++) {
            outgoing[i] = sent.asSlice((long) i * CanStructs.MESSAGE_BYTES);
            point(sent, i, outgoingFrames);
            point(incoming, i, incomingFrames);
            incoming.set(JAVA_LONG, message(i) + CanStructs.MESSAGE_CONTROL, control.address() + (long) i * CONTROL_ROOM);
        }
    }

    private static MemorySegment messages(final Arena arena) {
        return arena.allocate(FRAMES * CanStructs.MESSAGE_BYTES, Long.BYTES);
    }

    private static long message(final int index) {
        return (long) index * CanStructs.MESSAGE_BYTES;
    }

    private static long frame(final int index) {
        return (long) index * CanStructs.FRAME_BYTES;
    }

    /** Lets a message carry the frame of the same number. */
    private void point(final MemorySegment messages, final int index, final MemorySegment frames) {
        final MemorySegment vector = arena.allocate(CanStructs.VECTOR_BYTES, Long.BYTES);
        vector.set(JAVA_LONG, CanStructs.VECTOR_BASE, frames.address() + frame(index));
        vector.set(JAVA_LONG, CanStructs.VECTOR_LENGTH, CanStructs.FRAME_BYTES);
        messages.set(JAVA_LONG, message(index) + CanStructs.MESSAGE_VECTOR, vector.address());
        messages.set(JAVA_LONG, message(index) + CanStructs.MESSAGE_VECTORS, 1);
    }

    /** Opens the socket; it is open if the outcome is {@link Link#UP} or {@link Link#OFF_BUS}. */
    Link open() {
        fd = calls.socket(CanStructs.PF_CAN, CanStructs.SOCK_RAW, CanStructs.CAN_RAW);
        if (fd < 0) {
            return failed(fd);
        }
        overrunOfSocket = 0;
        final Link link = bind();
        if (link != Link.UP && link != Link.OFF_BUS) {
            close();
        }
        return link;
    }

    private Link bind() {
        int result = ask(CanStructs.SIOCGIFINDEX);
        if (result < 0) {
            return failed(result);
        }
        address.set(JAVA_SHORT, CanStructs.ADDRESS_FAMILY, (short) CanStructs.PF_CAN);
        address.set(JAVA_INT, CanStructs.ADDRESS_INDEX, request.get(JAVA_INT, CanStructs.REQUEST_INDEX));
        result = calls.option(fd, CanStructs.SOL_CAN_RAW, CanStructs.CAN_RAW_FILTER, filter);
        if (result >= 0) {
            result = option(CanStructs.SOL_CAN_RAW, CanStructs.CAN_RAW_ERR_FILTER, CanTroubles.ALL_CLASSES);
        }
        if (result < 0) {
            return failed(result);
        }
        // It works without these: frames are then as old as the poll that takes them, and more may wait.
        option(CanStructs.SOL_SOCKET, CanStructs.SO_TIMESTAMPNS, 1);
        option(CanStructs.SOL_SOCKET, CanStructs.SO_RXQ_OVFL, 1);
        option(CanStructs.SOL_SOCKET, CanStructs.SO_SNDBUF, SEND_BUFFER_BYTES);
        result = calls.bind(fd, address);
        if (result < 0) {
            // There is an interface of this name, so that ENODEV means another kind.
            return result == -SocketCalls.ENODEV ? Link.NOT_CAN : failed(result);
        }
        return look();
    }

    private int ask(final long what) {
        request.fill((byte) 0);
        request.setString(CanStructs.REQUEST_NAME, name);
        return calls.ioctl(fd, what, request);
    }

    private int option(final int level, final int option, final int value) {
        number.set(JAVA_INT, 0, value);
        return calls.option(fd, level, option, number);
    }

    /** What the interface is good for at present. */
    Link look() {
        final int result = ask(CanStructs.SIOCGIFFLAGS);
        if (result < 0) {
            return failed(result);
        }
        final int flags = request.get(JAVA_SHORT, CanStructs.REQUEST_FLAGS);
        return (flags & CanStructs.IFF_UP) == 0 ? Link.DOWN : (flags & CanStructs.IFF_RUNNING) == 0 ? Link.OFF_BUS : Link.UP;
    }

    /** What an error means. */
    Link failed(final int error) {
        lastError = error;
        return switch (-error) {
            case SocketCalls.ENETDOWN -> Link.DOWN;
            case SocketCalls.ENODEV, SocketCalls.ENXIO -> Link.ABSENT;
            case SocketCalls.EAFNOSUPPORT, SocketCalls.EPROTONOSUPPORT -> Link.UNSUPPORTED;
            default -> Link.FAILED;
        };
    }

    boolean isOpen() {
        return fd >= 0;
    }

    /** Frames that were put and not sent. */
    int waiting() {
        return waiting;
    }

    /** Forgets the frames that were put and not sent, and tells how many. */
    int forget() {
        final int frames = waiting;
        waiting = 0;
        return frames;
    }

    /** Puts a frame behind those that wait; there must be room. */
    void put(final int id, final long data, final int length) {
        final long at = frame(waiting);
        outgoingFrames.set(JAVA_INT, at + CanStructs.FRAME_ID, id);
        outgoingFrames.set(JAVA_INT, at + CanStructs.FRAME_LENGTH, 0);
        outgoingFrames.set(JAVA_BYTE, at + CanStructs.FRAME_LENGTH, (byte) length);
        outgoingFrames.set(D0_FIRST, at + CanStructs.FRAME_DATA, CanFrames.truncate(data, length));
        waiting++;
    }

    /**
     * Sends what waits. Nothing waits afterwards: what could not be sent is forgotten, because the next cycle has newer commands.
     *
     * @return how many frames were sent; fewer than waited means an error, which {@link #lastError} tells
     */
    int send() {
        int sent = 0;
        while (sent < waiting) {
            final int result = calls.send(fd, outgoing[sent], waiting - sent);
            if (result <= 0) {
                lastError = result;
                break;
            }
            sent += result;
        }
        waiting = 0;
        return sent;
    }

    /**
     * Takes frames that have come.
     *
     * @return how many, or an error
     */
    int receive(final int most) {
        for (int i = 0; i < most; i++) {
            incoming.set(JAVA_LONG, message(i) + CanStructs.MESSAGE_CONTROL_LENGTH, CONTROL_ROOM);
        }
        final int result = calls.receive(fd, incoming, most);
        return result == -SocketCalls.EAGAIN || result == -SocketCalls.EINTR ? 0 : result;
    }

    /** Whether a frame that was taken is one. */
    boolean isWellFormed(final int index) {
        return incoming.get(JAVA_INT, message(index) + CanStructs.MESSAGE_LENGTH) == CanStructs.FRAME_BYTES
            && CanFrames.isWellFormed(id(index), length(index));
    }

    int id(final int index) {
        return incomingFrames.get(JAVA_INT, frame(index) + CanStructs.FRAME_ID);
    }

    int length(final int index) {
        return incomingFrames.get(JAVA_BYTE, frame(index) + CanStructs.FRAME_LENGTH) & 0xFF;
    }

    long data(final int index) {
        return CanFrames.truncate(incomingFrames.get(D0_FIRST, frame(index) + CanStructs.FRAME_DATA), length(index));
    }

    /**
     * When the kernel received a frame that was taken, on the clock of {@link SocketCalls#stampNanos}; 0 if it did not tell. Takes note of frames that the kernel
     * had no room for.
     */
    long stampNanos(final int index) {
        final long begin = (long) index * CONTROL_ROOM;
        final long end = begin + incoming.get(JAVA_LONG, message(index) + CanStructs.MESSAGE_CONTROL_LENGTH);
        long stamp = 0;
        long at = begin;
        while (at + CanStructs.CONTROL_DATA < end) {
            if (control.get(JAVA_INT, at + CanStructs.CONTROL_LEVEL) == CanStructs.SOL_SOCKET) {
                final long told = at + CanStructs.CONTROL_DATA;
                switch (control.get(JAVA_INT, at + CanStructs.CONTROL_TYPE)) {
                    case CanStructs.SO_TIMESTAMPNS -> stamp = control.get(JAVA_LONG, told) * NANOS_PER_SECOND + control.get(JAVA_LONG, told + Long.BYTES);
                    case CanStructs.SO_RXQ_OVFL -> overrun(control.get(JAVA_INT, told));
                    default -> {
                        // Nobody asked for it.
                    }
                }
            }
            final long length = Math.max(CanStructs.CONTROL_DATA, control.get(JAVA_LONG, at + CanStructs.CONTROL_LENGTH));
            at += length + Long.BYTES - 1 & -Long.BYTES;
        }
        return stamp;
    }

    private void overrun(final int ofSocket) {
        overrun += ofSocket - overrunOfSocket;
        overrunOfSocket = ofSocket;
    }

    /** Frames that came and that the kernel had no room for, since the start. */
    long overrun() {
        return overrun;
    }

    /** The error of the last call that failed, negative; 0 if there was none. */
    int lastError() {
        return lastError;
    }

    /** Closes the socket; it can be opened anew. */
    void close() {
        if (fd >= 0) {
            calls.close(fd);
            fd = -1;
        }
    }

    /** Gives the memory back; nothing works afterwards. */
    void release() {
        close();
        arena.close();
    }
}
