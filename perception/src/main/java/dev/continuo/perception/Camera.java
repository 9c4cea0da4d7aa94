package dev.continuo.perception;

/**
 * A source of pictures. Only the newest one is kept; whoever polls too rarely misses pictures, and nobody waits for anybody.
 *
 * <p>{@link #poll} and {@link #close} are called by one thread; the counters may be read by any.
 */
public interface Camera extends AutoCloseable {

    /** The camera's name in the profile. */
    String name();

    /**
     * Takes the newest picture, if there is one that was not taken yet. Does not block.
     *
     * @param frame receives it; must have the size that the profile gives
     * @return whether the frame was filled
     */
    boolean poll(Frame frame);

    /** Whether pictures are coming in at present. */
    boolean isConnected();

    /** Pictures that were received, good or not. */
    long received();

    /** Pictures that a newer one replaced before they were taken; 0 for a source that makes one when it is asked. */
    default long dropped() {
        return 0;
    }

    /** Pictures that could not be decoded, or broken parts of the stream. */
    default long corrupt() {
        return 0;
    }

    /** Pictures that repeat the one before: a frozen source. They are never delivered. */
    default long repeated() {
        return 0;
    }

    /** Times that the connection was made anew after it was lost. */
    default long reconnects() {
        return 0;
    }

    @Override
    void close();
}
