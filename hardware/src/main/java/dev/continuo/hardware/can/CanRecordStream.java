package dev.continuo.hardware.can;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ByteChannel;

/**
 * CAN frames as 16-byte Linux {@code can_frame} records over a connected, non-blocking byte stream.
 *
 * <p>A record is: identifier with its flags as a little-endian u32, length u8, three zero bytes, eight data bytes. Partial reads and
 * writes are put together again. A record that is no frame is counted; several in a row mean that the stream has lost its record
 * boundaries, which only a new connection can restore.
 */
public final class CanRecordStream {
    /** Bytes of one record. */
    static final int RECORD_BYTES = 16;
    /**
     * Frames that wait here for a peer that does not read. Few on purpose: a motor must not receive a long tail of old commands
     * once its peer wakes up.
     */
    static final int OUTGOING_FRAMES = 64;
    private static final int INCOMING_FRAMES = 256;
    /** Bad records in a row after which the stream counts as out of step. */
    private static final int MALFORMED_IN_A_ROW = 4;

    private final ByteBuffer incoming = buffer(INCOMING_FRAMES);
    private final ByteBuffer outgoing = buffer(OUTGOING_FRAMES);
    private ByteChannel channel;
    private int malformedInARow;
    private long malformed;
    private long dropped;
    private String lastComplaint = "";

    /** A stream without a channel. */
    public CanRecordStream() {
        incoming.limit(0);
    }

    private static ByteBuffer buffer(final int frames) {
        return ByteBuffer.allocateDirect(frames * RECORD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Begins anew on a connected, non-blocking channel. */
    public void attach(final ByteChannel connected) {
        channel = connected;
        incoming.position(0).limit(0);
        outgoing.clear();
        malformedInARow = 0;
        lastComplaint = "";
    }

    /** Whether there is a channel still. */
    public boolean isAttached() {
        return channel != null;
    }

    /** Puts a frame among those that are sent with the next {@link #flush}; false where there is no room or no channel. */
    public boolean send(final int id, final long data, final int length) {
        if (channel != null && CanFrames.isWellFormed(id, length)) {
            if (outgoing.remaining() < RECORD_BYTES) {
                flush();
            }
            if (channel != null && outgoing.remaining() >= RECORD_BYTES) {
                outgoing.putInt(id);
                outgoing.putInt(length);
                outgoing.putLong(Long.reverseBytes(CanFrames.truncate(data, length)));
                return true;
            }
        }
        dropped++;
        return false;
    }

    /** Sends what waits, as far as the peer takes it. */
    public void flush() {
        if (channel == null || outgoing.position() == 0) {
            return;
        }
        try {
            outgoing.flip();
            channel.write(outgoing);
            outgoing.compact();
        } catch (final IOException complaint) {
            outgoing.clear();
            detach(complaint.getMessage());
        }
    }

    /**
     * Hands up to {@code limit} frames that have come to {@code handler}.
     *
     * @param nowNanos told to the handler as the time of arrival
     * @return how many
     */
    public int poll(final CanFrameHandler handler, final long nowNanos, final int limit) {
        int frames = deliver(handler, nowNanos, limit);
        if (channel != null && frames < limit && fill()) {
            frames += deliver(handler, nowNanos, limit - frames);
        }
        return frames;
    }

    private boolean fill() {
        try {
            incoming.compact();
            final int bytes = channel.read(incoming);
            incoming.flip();
            if (bytes < 0) {
                detach("the peer closed the connection");
            }
            return bytes > 0;
        } catch (final IOException complaint) {
            incoming.position(0).limit(0);
            detach(complaint.getMessage());
            return false;
        }
    }

    private int deliver(final CanFrameHandler handler, final long nowNanos, final int limit) {
        int frames = 0;
        while (frames < limit && incoming.remaining() >= RECORD_BYTES) {
            final int id = incoming.getInt();
            final int length = incoming.getInt();
            final long data = Long.reverseBytes(incoming.getLong());
            // The three padding bytes are the upper ones of this int: a frame's length leaves them zero.
            if (CanFrames.isWellFormed(id, length)) {
                malformedInARow = 0;
                frames++;
                handler.onFrame(id, CanFrames.truncate(data, length), length, nowNanos);
            } else {
                malformed++;
                malformedInARow++;
                if (malformedInARow >= MALFORMED_IN_A_ROW) {
                    detach("what the peer sends is not CAN frames");
                    incoming.position(0).limit(0);
                }
            }
        }
        return frames;
    }

    /** Closes the channel, if there is one, and keeps the reason. */
    void detach(final String complaint) {
        lastComplaint = complaint == null ? "connection lost" : complaint;
        if (channel != null) {
            try {
                channel.close();
            } catch (final IOException ignored) {
                // It is of no more use either way.
            }
            channel = null;
        }
    }

    void complain(final String complaint) {
        lastComplaint = complaint == null ? "" : complaint;
    }

    String lastComplaint() {
        return lastComplaint;
    }

    long droppedFrames() {
        return dropped;
    }

    /** Records that were no frame. */
    public long malformedFrames() {
        return malformed;
    }
}
