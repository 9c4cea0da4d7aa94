package dev.continuo.actors.bus;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * A queue of messages in one preallocated ring of bytes. When there is no room the oldest messages make it: newest data matters.
 *
 * <p>Single-threaded. Each record is its length in four bytes and the message, padded to eight; a record never wraps: a negative
 * length tells that the rest of the ring is unused.
 */
final class MemoryQueue {
    private static final int HEADER = Integer.BYTES;
    private static final int SKIP = -1;

    private final UnsafeBuffer ring;
    private final int capacity;
    private int head;
    private int tail;
    private int used;
    private int messages;
    private long overrun;

    /** A queue for at least {@code atLeast} messages of {@code maxMessageBytes}. */
    MemoryQueue(final int maxMessageBytes, final int atLeast) {
        // One record more, because a record that does not fit at the end leaves it unused.
        capacity = BitUtil.align(HEADER + maxMessageBytes, Long.BYTES) * (atLeast + 1);
        ring = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
    }

    int messages() {
        return messages;
    }

    /** Messages that made room for newer ones. */
    long overrun() {
        return overrun;
    }

    void add(final DirectBuffer buffer, final int offset, final int length) {
        final int record = BitUtil.align(HEADER + length, Long.BYTES);
        if (capacity - tail < record) {
            leaveEndUnused();
        }
        makeRoom(record);
        ring.putInt(tail, length);
        ring.putBytes(tail + HEADER, buffer, offset, length);
        tail += record;
        used += record;
        messages++;
    }

    /** Hands the oldest message to the handler; false when there is none. */
    boolean poll(final BusHandler handler) {
        if (messages == 0) {
            return false;
        }
        skipUnused();
        final int length = ring.getInt(head);
        handler.onMessage(ring, head + HEADER, length);
        drop(length);
        return true;
    }

    private void leaveEndUnused() {
        makeRoom(capacity - tail);
        if (messages == 0) {
            return; // making room emptied the queue, which starts over at the ring's beginning
        }
        if (tail < capacity) {
            ring.putInt(tail, SKIP);
        }
        used += capacity - tail;
        tail = 0;
    }

    private void makeRoom(final int bytes) {
        while (capacity - used < bytes) {
            skipUnused();
            if (capacity - used >= bytes) {
                return;
            }
            drop(ring.getInt(head));
            overrun++;
        }
    }

    private void drop(final int length) {
        final int record = BitUtil.align(HEADER + length, Long.BYTES);
        head += record;
        used -= record;
        messages--;
        if (messages == 0) {
            head = 0;
            tail = 0;
            used = 0;
        }
    }

    private void skipUnused() {
        if (head == capacity) {
            head = 0;
        } else if (ring.getInt(head) == SKIP) {
            used -= capacity - head;
            head = 0;
        }
    }
}
