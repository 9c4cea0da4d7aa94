package dev.continuo.hardware.can;

/** Receives frames from a {@link CanBus}. */
@FunctionalInterface
public interface CanFrameHandler {

    /**
     * One received frame.
     *
     * @param id            identifier; bit 29 set marks an error frame of the controller, as in Linux
     * @param data          up to eight bytes, D0 most significant
     * @param length        bytes used
     * @param receivedNanos when it was received
     */
    void onFrame(int id, long data, int length, long receivedNanos);
}
