package dev.continuo.hardware.can;

import dev.continuo.hardware.linux.RawDescriptor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** The bytes of one end of a serial-line CAN connection: what waits to be written, and what was read. Allocates nothing. */
final class SlcanPort {
    private static final int OUTGOING_LINES = 64;
    private static final int INCOMING_BYTES = 4096;

    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(OUTGOING_LINES * SlcanCodec.LONGEST_LINE);
    private final MemorySegment outgoingMemory = MemorySegment.ofBuffer(outgoing);
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(INCOMING_BYTES);
    private final MemorySegment incomingMemory = MemorySegment.ofBuffer(incoming);
    private final SlcanLines lines = new SlcanLines();
    private RawDescriptor descriptor;

    void attach(final RawDescriptor open) {
        descriptor = open;
        outgoing.clear();
        incoming.clear().limit(0);
        lines.reset();
    }

    boolean isAttached() {
        return descriptor != null;
    }

    /** Whether one more line fits into what waits to be written. */
    boolean hasRoom() {
        return outgoing.remaining() >= SlcanCodec.LONGEST_LINE;
    }

    /** Where lines are put. */
    ByteBuffer outgoing() {
        return outgoing;
    }

    /** Queues a line that is no frame. */
    void put(final byte[] line) {
        if (hasRoom()) {
            outgoing.put(line).put(SlcanCodec.RETURN);
        }
    }

    /** Queues one byte. */
    void put(final byte single) {
        if (hasRoom()) {
            outgoing.put(single);
        }
    }

    /**
     * Writes what waits.
     *
     * @param mostBytes in one write
     * @return false once the other end is gone
     */
    boolean flush(final int mostBytes) {
        while (descriptor != null && outgoing.position() > 0) {
            final int bytes = descriptor.write(outgoingMemory, Math.min(outgoing.position(), mostBytes));
            if (bytes < 0) {
                return false;
            }
            if (bytes == 0) {
                return true;
            }
            outgoing.flip().position(bytes);
            outgoing.compact();
        }
        return descriptor != null;
    }

    /**
     * Hands on the next line that has been received, reading if none is left over.
     *
     * @return 1 if a line may have been handed on, 0 if there is nothing to read, -1 once the other end is gone
     */
    int next(final SlcanLines.Sink sink) {
        if (!incoming.hasRemaining()) {
            final int bytes = descriptor == null ? RawDescriptor.GONE : descriptor.read(incomingMemory, INCOMING_BYTES);
            if (bytes <= 0) {
                return bytes;
            }
            incoming.position(0).limit(bytes);
        }
        byte taken;
        do {
            taken = incoming.get();
            lines.accept(taken, sink);
        } while (taken != SlcanCodec.RETURN && taken != SlcanCodec.BELL && incoming.hasRemaining());
        return 1;
    }

    /** Throws away what was received. */
    void discardReceived() {
        incoming.clear().limit(0);
        lines.reset();
        if (descriptor != null) {
            descriptor.discardReceived();
        }
    }

    /** Closes the descriptor and tells what became of it. */
    String detach() {
        if (descriptor == null) {
            return "";
        }
        final String text = descriptor.describe();
        descriptor.close();
        descriptor = null;
        return text;
    }

    long malformed() {
        return lines.malformed();
    }
}
