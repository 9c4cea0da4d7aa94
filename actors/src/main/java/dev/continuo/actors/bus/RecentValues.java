package dev.continuo.actors.bus;

import dev.continuo.actors.latency.Count;
import dev.continuo.actors.message.MessageStamp;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The last few messages of one kind from one source, handed from the thread that receives to the thread that uses one of them without
 * either waiting for the other.
 *
 * <p>The reader calls {@link #look}, chooses by {@link #observedAtNanos(int)}, and calls {@link #take}; what it took does not change until it
 * looks again. Two places more than the depth: one is being filled, one is being read. Reader and receiver may be the same thread.
 */
public final class RecentValues {
    /** A place's state is the number of its message, from 1, above these bits; 0 is an empty place. */
    private static final int NUMBER_SHIFT = 2;
    private static final long IN_USE = 3;
    private static final long BEING_FILLED = 1;
    private static final long BEING_READ = 2;
    private static final int NONE = -1;

    private final int depth;
    private final UnsafeBuffer[] buffers;
    private final AtomicLongArray states;
    private final AtomicLongArray observed;
    private final AtomicLong newest = new AtomicLong();
    private final MessageOrder order = new MessageOrder();
    private final Count accepted = new Count();

    private final int[] seenPlaces;
    private final long[] seenStates;
    private final long[] seenObserved;
    private int held = NONE;

    /** Keeps {@code depth} messages of at most {@code capacityBytes}. */
    public RecentValues(final int depth, final int capacityBytes) {
        this.depth = depth;
        final int places = depth + 2;
        buffers = new UnsafeBuffer[places];
        for (int i = 0; i < places; i++) {
            buffers[i] = new UnsafeBuffer(ByteBuffer.allocateDirect(capacityBytes));
        }
        states = new AtomicLongArray(places);
        observed = new AtomicLongArray(places);
        seenPlaces = new int[places];
        seenStates = new long[places];
        seenObserved = new long[places];
    }

    /** Receiver's side: keeps a checked message, in place of the oldest, if it is newer than those kept before. */
    void put(final DirectBuffer source, final int offset, final int length, final long nowNanos) {
        if (!order.admits(source, offset, nowNanos)) {
            return;
        }
        final int place = claimOldest();
        buffers[place].putBytes(0, source, offset, length);
        observed.setRelease(place, MessageStamp.observedAtNanos(source, offset));
        final long number = newest.get() + 1;
        states.set(place, number << NUMBER_SHIFT);
        newest.set(number);
        accepted.increment();
    }

    private int claimOldest() {
        while (true) {
            int oldest = 0;
            long oldestState = Long.MAX_VALUE;
            for (int i = 0; i < buffers.length; i++) {
                final long state = states.get(i);
                if ((state & IN_USE) == 0 && state < oldestState) {
                    oldest = i;
                    oldestState = state;
                }
            }
            // Fails only if the reader takes this very place now; then another is the oldest.
            if (states.compareAndSet(oldest, oldestState, oldestState | BEING_FILLED)) {
                return oldest;
            }
        }
    }

    /**
     * Reader's side: gives back what was taken, and notes which of the last messages are at most {@code maxAgeNanos} old.
     *
     * @return how many are, in no order
     */
    public int look(final long nowNanos, final long maxAgeNanos) {
        if (held != NONE) {
            states.set(held, states.get(held) & ~IN_USE);
            held = NONE;
        }
        final long oldest = newest.get() - depth;
        int seen = 0;
        for (int i = 0; i < buffers.length; i++) {
            final long state = states.get(i);
            final long at = observed.getAcquire(i);
            if ((state & IN_USE) == 0 && state != 0 && state >> NUMBER_SHIFT > oldest && MessageOrder.isFresh(at, nowNanos, maxAgeNanos)) {
                seenPlaces[seen] = i;
                seenStates[seen] = state;
                seenObserved[seen++] = at;
            }
        }
        return seen;
    }

    /** When the world looked as the {@code index}-th message seen by the last {@link #look} describes it. */
    public long observedAtNanos(final int index) {
        return seenObserved[index];
    }

    /** Makes the {@code index}-th message seen the one that {@link #buffer} shows; false if a newer message has taken its place meanwhile. */
    public boolean take(final int index) {
        final long state = seenStates[index];
        if (!states.compareAndSet(seenPlaces[index], state, state | BEING_READ)) {
            return false;
        }
        held = seenPlaces[index];
        return true;
    }

    /** The message that was taken, from index 0, its header first. */
    public DirectBuffer buffer() {
        return buffers[held];
    }

    /** Messages kept. */
    public Count accepted() {
        return accepted;
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
