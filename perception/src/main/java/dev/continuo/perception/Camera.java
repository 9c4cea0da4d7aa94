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

    /** What became of its pictures; the same object every time. */
    CameraCounts counts();

    @Override
    void close();
}
