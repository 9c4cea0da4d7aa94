package dev.continuo.hardware.franka;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Cuts what a peer sends, in pieces of any size, into answers to numbered requests, and keeps them until they are asked for. For one thread.
 *
 * @param <A> answers
 */
public final class AnswerStream<A> {
    /** Answers that nobody takes before the peer counts as broken: a Move has two, and few requests are under way at once. */
    public static final int MOST_UNTAKEN = 1024;

    private static final int FIRST_CAPACITY = 1 << 16;

    /**
     * What a message looks like.
     *
     * @param <A> answers
     */
    public interface Framing<A> {
        /** Bytes from which {@link #length} and {@link #request} can be read. */
        int headerBytes();

        /**
         * Bytes of the whole message, at least those of the header.
         *
         * @throws FrankaException when it is none
         */
        int length(DirectBuffer received, int at);

        /** The number of the request that it answers. */
        int request(DirectBuffer received, int at);

        /** The answer. */
        A answer(DirectBuffer received, int at, int length);
    }

    private record Numbered<A>(int request, A answer) {
    }

    private final String peer;
    private final Framing<A> framing;
    private final ArrayDeque<Numbered<A>> answers = new ArrayDeque<>();
    private ByteBuffer receiving = ByteBuffer.allocateDirect(FIRST_CAPACITY);

    /**
     * A stream of which nothing has come.
     *
     * @param peer for messages
     */
    public AnswerStream(final String peer, final Framing<A> framing) {
        this.peer = peer;
        this.framing = framing;
    }

    /** Where the next bytes are to be put, from its position on; {@link #split} before the next call. Never full. */
    public ByteBuffer room() {
        return receiving;
    }

    /**
     * Takes whole messages out of what was put into the {@link #room}.
     *
     * @throws FrankaException when the peer sent what is no answer, or very many that nobody asked for
     */
    public void split() {
        receiving.flip();
        final UnsafeBuffer received = new UnsafeBuffer(receiving);
        int missing = framing.headerBytes();
        while (receiving.remaining() >= framing.headerBytes()) {
            final int at = receiving.position();
            final int length = framing.length(received, at);
            if (receiving.remaining() < length) {
                missing = length;
                break;
            }
            if (answers.size() == MOST_UNTAKEN) {
                throw new FrankaException(peer + " sends answers that nobody asked for");
            }
            answers.add(new Numbered<>(framing.request(received, at), framing.answer(received, at, length)));
            receiving.position(at + length);
        }
        if (missing > receiving.capacity()) {
            receiving = ByteBuffer.allocateDirect(missing).put(receiving);
        } else {
            receiving.compact();
        }
    }

    /** The answer to a request, if it has come and has not been taken; of several the earliest. */
    public Optional<A> take(final int request) {
        if (answers.isEmpty()) {
            return Optional.empty();
        }
        for (final Iterator<Numbered<A>> left = answers.iterator(); left.hasNext(); ) {
            final Numbered<A> next = left.next();
            if (next.request == request) {
                left.remove();
                return Optional.of(next.answer);
            }
        }
        return Optional.empty();
    }
}
