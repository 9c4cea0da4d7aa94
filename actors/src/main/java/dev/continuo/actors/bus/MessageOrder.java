package dev.continuo.actors.bus;

import dev.continuo.actors.latency.Count;
import dev.continuo.actors.message.MessageStamp;
import org.agrona.DirectBuffer;

/** Lets the messages of one source pass in the order of their publication; what is late, repeated or from the future is counted. One thread at a time. */
final class MessageOrder {
    /** How far ahead of the receiver's clock a publisher's may be, in nanoseconds: they read the same clock, on another core. */
    static final long CLOCK_TOLERANCE_NANOS = 1_000_000L;

    /** Messages that were older than, or the same as, what passed before. */
    final Count outOfOrder = new Count();
    /** Messages whose time of publication has not come yet. */
    final Count fromTheFuture = new Count();
    private boolean heard;
    private long lastPublishedAtNanos;
    private long lastSequence;

    /** Whether a checked message is newer than all before. */
    boolean admits(final DirectBuffer source, final int offset, final long nowNanos) {
        final long publishedAtNanos = MessageStamp.publishedAtNanos(source, offset);
        final long sequence = MessageStamp.sequence(source, offset);
        if (publishedAtNanos - nowNanos > CLOCK_TOLERANCE_NANOS) {
            fromTheFuture.increment();
            return false;
        }
        if (heard && !isNewer(publishedAtNanos, sequence)) {
            outOfOrder.increment();
            return false;
        }
        heard = true;
        lastPublishedAtNanos = publishedAtNanos;
        lastSequence = sequence;
        return true;
    }

    /** Time of publication orders messages, because a restarted publisher counts from 1 again; the count decides between equals. */
    private boolean isNewer(final long publishedAtNanos, final long sequence) {
        return publishedAtNanos > lastPublishedAtNanos || publishedAtNanos == lastPublishedAtNanos && sequence > lastSequence;
    }

    /** Whether an observation is at most so old, and not from the future. */
    static boolean isFresh(final long observedAtNanos, final long nowNanos, final long maxAgeNanos) {
        final long ageNanos = nowNanos - observedAtNanos; // negative by overflow for a time that is garbage
        return ageNanos >= -CLOCK_TOLERANCE_NANOS && ageNanos <= maxAgeNanos;
    }
}
