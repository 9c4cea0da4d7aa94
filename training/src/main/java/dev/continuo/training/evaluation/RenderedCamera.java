package dev.continuo.training.evaluation;

import dev.continuo.perception.Camera;
import dev.continuo.perception.CameraCounts;
import dev.continuo.perception.Frame;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A cell's camera without the network in between: a picture a period of the camera, rendered when it is asked for. */
final class RenderedCamera implements Camera {
    private final Consumer<byte[]> drawing;
    private final long periodNanos;
    private final LongSupplier clock;
    private long nextNanos = Long.MIN_VALUE;
    private final CameraCounts counts = new CameraCounts();

    /**
     * A camera.
     *
     * @param drawing draws what is seen now into a picture's bytes
     */
    RenderedCamera(final Consumer<byte[]> drawing, final long periodNanos, final LongSupplier clock) {
        this.drawing = drawing;
        this.periodNanos = periodNanos;
        this.clock = clock;
    }

    @Override
    public boolean poll(final Frame frame) {
        final long nowNanos = clock.getAsLong();
        if (nowNanos < nextNanos) {
            return false;
        }
        nextNanos = nowNanos + periodNanos;
        drawing.accept(frame.rgb());
        frame.capturedAtNanos = nowNanos;
        frame.sequence = counts.received.incrementAndGet();
        return true;
    }

    @Override
    public String name() {
        return "rendered";
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public CameraCounts counts() {
        return counts;
    }

    @Override
    public void close() {
        // Nothing to close: the cell is its owner's.
    }
}
