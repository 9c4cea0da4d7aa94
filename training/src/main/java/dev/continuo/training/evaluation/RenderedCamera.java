package dev.continuo.training.evaluation;

import dev.continuo.perception.Camera;
import dev.continuo.perception.CameraCounts;
import dev.continuo.perception.Frame;
import dev.continuo.simulation.cell.SimulatedCell;
import dev.continuo.simulation.game.Scenes;
import dev.continuo.simulation.render.Appearance;
import dev.continuo.simulation.render.SceneRenderer;
import dev.continuo.simulation.scene.SceneState;
import java.util.function.LongSupplier;

/** The cell's top camera without the network in between: a picture a period of the camera, rendered when it is asked for. */
final class RenderedCamera implements Camera {
    private final SimulatedCell cell;
    private final Appearance appearance;
    private final SceneRenderer renderer;
    private final long periodNanos;
    private final LongSupplier clock;
    private final SceneState scene = new SceneState();
    private long nextNanos = Long.MIN_VALUE;
    private final CameraCounts counts = new CameraCounts();

    RenderedCamera(final SimulatedCell cell, final Appearance appearance, final SceneRenderer renderer, final long periodNanos,
        final LongSupplier clock) {
        this.cell = cell;
        this.appearance = appearance;
        this.renderer = renderer;
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
        Scenes.observe(cell.state(), scene);
        renderer.render(scene, appearance, frame.rgb());
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
