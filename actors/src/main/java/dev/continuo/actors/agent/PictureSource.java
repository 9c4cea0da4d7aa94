package dev.continuo.actors.agent;

/**
 * Where a camera agent takes pictures from. Used by the agent's thread only.
 */
public interface PictureSource extends AutoCloseable {

    /**
     * Fills {@code target} with the newest picture if there is one that was not handed out before; does not wait for one.
     *
     * @return whether there was
     */
    boolean poll(Picture target, long nowNanos);

    @Override
    void close();
}
