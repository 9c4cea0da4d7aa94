package dev.continuo.benchmarks.bus;

import dev.continuo.supervision.command.RunFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/**
 * The asking side of one transport. One message is under way at a time; one thread.
 *
 * <p>A message carries its stamp in its first and in its last eight bytes, so that one that was mixed up or cut does not count.
 */
interface EchoClient extends AutoCloseable {
    /** What {@link #exchange} returns for a reply whose stamps differ or whose length is wrong. */
    long DAMAGED = -1;
    /** How long a reply may take. */
    long TIMEOUT_NANOS = 5_000_000_000L;

    /**
     * Sends a message and waits for it to come back.
     *
     * @param request the message from index 0
     * @param length  its bytes
     * @return the reply's stamp
     * @throws RunFailure if none comes
     */
    long exchange(ByteBuffer request, int length) throws IOException;

    /** The stamp of a message, or {@link #DAMAGED}. */
    static long stamp(final DirectBuffer message, final int offset, final int length) {
        final long first = message.getLong(offset);
        return first == message.getLong(offset + length - Long.BYTES) ? first : DAMAGED;
    }

    /** The failure of a transport that is silent. */
    static RunFailure silent(final Transport transport) {
        return new RunFailure(transport.label() + ": no echo within " + TIMEOUT_NANOS / 1_000_000_000L + " s");
    }

    @Override
    void close() throws IOException;
}
