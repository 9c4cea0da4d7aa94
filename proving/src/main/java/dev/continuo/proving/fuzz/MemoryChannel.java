package dev.continuo.proving.fuzz;

import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** A connection on which an input comes, a few bytes at a time, and then its end. What is written is lost. */
final class MemoryChannel implements ByteChannel {
    private static final int MOST_AT_ONCE = 61;

    private final byte[] input;
    private int at;

    MemoryChannel(final byte[] input) {
        this.input = input;
    }

    @Override
    public int read(final ByteBuffer into) {
        if (at == input.length) {
            return -1;
        }
        final int count = Math.min(Math.min(MOST_AT_ONCE, into.remaining()), input.length - at);
        into.put(input, at, count);
        at += count;
        return count;
    }

    @Override
    public int write(final ByteBuffer from) {
        final int count = from.remaining();
        from.position(from.limit());
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
