package dev.continuo.actors.bus;

import dev.continuo.actors.latency.Count;
import dev.continuo.actors.message.MessageStamp;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The newest message of one kind from one source, handed from the thread that receives to the thread that uses it without either
 * waiting for the other.
 *
 * <p>Three buffers: one is being filled, one is being read, the third is passed between them. The reader's buffer does not change
 * until it calls {@link #take} again. Reader and receiver may be the same thread.
 */
public final class NewestValue {
    private static final int INDEX = 3;
    private static final int UNREAD = 4;

    private final UnsafeBuffer[] buffers = new UnsafeBuffer[3];
    private final int[] lengths = new int[3];
    private final AtomicInteger middle = new AtomicInteger(1);
    private int back;
    private int front = 2;
    private boolean present;
    private final MessageOrder order = new MessageOrder();

    private final Count accepted = new Count();
    private final Count superseded = new Count();

    /** A value of at most {@code capacityBytes}. */
    public NewestValue(final int capacityBytes) {
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = new UnsafeBuffer(ByteBuffer.allocateDirect(capacityBytes));
        }
    }

    /** Receiver's side: keeps a checked message if it is newer than what was kept before. */
    void put(final DirectBuffer source, final int offset, final int length, final long nowNanos) {
        if (!order.admits(source, offset, nowNanos)) {
            return;
        }
        buffers[back].putBytes(0, source, offset, length);
        lengths[back] = length;
        final int passed = middle.getAndSet(back | UNREAD);
        back = passed & INDEX;
        if ((passed & UNREAD) != 0) {
            superseded.increment();
        }
        accepted.increment();
    }

    /**
     * Reader's side: makes the newest message the one that {@link #buffer} shows.
     *
     * @return whether it is another than before
     */
    public boolean take() {
        if ((middle.get() & UNREAD) == 0) {
            return false;
        }
        front = middle.getAndSet(front) & INDEX;
        present = true;
        return true;
    }

    /** Whether anything was ever taken, and not forgotten since. */
    public boolean isPresent() {
        return present;
    }

    /** Reader's side: forgets what was taken. */
    public void forget() {
        present = false;
    }

    /** The message that was taken, from index 0, its header first. */
    public DirectBuffer buffer() {
        return buffers[front];
    }

    /** The length of the message that was taken, its header included. */
    public int length() {
        return lengths[front];
    }

    /** When the world looked as the message that was taken describes it. */
    public long observedAtNanos() {
        return MessageStamp.observedAtNanos(buffers[front], 0);
    }

    /** When the message that was taken was published. */
    public long publishedAtNanos() {
        return MessageStamp.publishedAtNanos(buffers[front], 0);
    }

    /** The publisher's count of the message that was taken. */
    public long sequence() {
        return MessageStamp.sequence(buffers[front], 0);
    }

    /** Whether there is a message whose observation is at most {@code maxAgeNanos} old. */
    public boolean isFresh(final long nowNanos, final long maxAgeNanos) {
        return present && MessageOrder.isFresh(observedAtNanos(), nowNanos, maxAgeNanos);
    }

    /** Messages kept. */
    public Count accepted() {
        return accepted;
    }

    /** Messages that a newer one replaced before they were taken. */
    public Count superseded() {
        return superseded;
    }

    /** Messages that were older than, or the same as, what was kept. */
    public Count outOfOrder() {
        return order.outOfOrder;
    }

    /** Messages whose time of publication has not come yet. */
    public Count fromTheFuture() {
        return order.fromTheFuture;
    }
}
