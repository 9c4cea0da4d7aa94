package dev.continuo.hardware.can;

/** One end of a local socket that carries CAN records, whichever end it is: what goes through once it is connected. */
abstract class LocalSocketEnd implements CanBus {
    /** A small kernel buffer, so that a peer that stopped reading is noticed and does not find old commands later. */
    static final int KERNEL_BUFFER_BYTES = 32 * 1024;

    final CanRecordStream stream = new CanRecordStream();

    @Override
    public final boolean send(final int id, final long data, final int length) {
        return stream.send(id, data, length);
    }

    @Override
    public final void flush() {
        stream.flush();
    }

    @Override
    public final boolean isConnected() {
        return stream.isAttached();
    }

    @Override
    public final long droppedFrames() {
        return stream.droppedFrames();
    }

    @Override
    public final long malformedFrames() {
        return stream.malformedFrames();
    }
}
