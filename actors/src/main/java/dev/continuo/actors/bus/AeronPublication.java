package dev.continuo.actors.bus;

import dev.continuo.actors.latency.Count;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.logbuffer.BufferClaim;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One publisher's end of an Aeron stream. */
final class AeronPublication implements BusPublication {
    /** The log's rotation to its next term asks for another attempt; two in a row do not happen. */
    private static final int ATTEMPTS = 3;

    private final ExclusivePublication publication;
    private final int maxMessageBytes;
    private final BufferClaim claim = new BufferClaim();
    /** The payload of the claim, from index 0. */
    private final UnsafeBuffer space = new UnsafeBuffer(0, 0);
    private final Count sent = new Count();
    private final Count dropped = new Count();
    private Delivery refusal = Delivery.SENT;

    AeronPublication(final ExclusivePublication publication, final int maxMessageBytes) {
        this.publication = publication;
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public Delivery offer(final DirectBuffer buffer, final int offset, final int length) {
        if (length > maxMessageBytes) {
            dropped.increment();
            return Delivery.TOO_LONG;
        }
        long position = Publication.ADMIN_ACTION;
        for (int attempt = 0; attempt < ATTEMPTS && position == Publication.ADMIN_ACTION; attempt++) {
            position = publication.offer(buffer, offset, length);
        }
        return outcome(position);
    }

    @Override
    public MutableDirectBuffer claim(final int length) {
        if (length > publication.maxPayloadLength()) {
            dropped.increment();
            refusal = Delivery.TOO_LONG;
            return null;
        }
        long position = Publication.ADMIN_ACTION;
        for (int attempt = 0; attempt < ATTEMPTS && position == Publication.ADMIN_ACTION; attempt++) {
            position = publication.tryClaim(length, claim);
        }
        refusal = position > 0 ? Delivery.SENT : outcome(position);
        if (position <= 0) {
            return null;
        }
        space.wrap(claim.buffer(), claim.offset(), claim.length());
        return space;
    }

    @Override
    public Delivery refusal() {
        return refusal;
    }

    @Override
    public void commit() {
        claim.commit();
        sent.increment();
    }

    @Override
    public void abort() {
        claim.abort();
    }

    private Delivery outcome(final long position) {
        if (position > 0) {
            sent.increment();
            return Delivery.SENT;
        }
        if (position == Publication.NOT_CONNECTED) {
            return Delivery.NO_SUBSCRIBER;
        }
        dropped.increment();
        return position == Publication.CLOSED || position == Publication.MAX_POSITION_EXCEEDED
            ? Delivery.CLOSED : Delivery.BACK_PRESSURED;
    }

    @Override
    public int maxClaimBytes() {
        return publication.maxPayloadLength();
    }

    @Override
    public boolean isConnected() {
        return publication.isConnected();
    }

    @Override
    public Count sent() {
        return sent;
    }

    @Override
    public Count dropped() {
        return dropped;
    }

    @Override
    public void close() {
        publication.close();
    }
}
