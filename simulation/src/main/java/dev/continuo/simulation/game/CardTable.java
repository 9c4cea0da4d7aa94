package dev.continuo.simulation.game;

import dev.continuo.simulation.cell.CellServer;
import dev.continuo.simulation.cell.CellState;
import dev.continuo.simulation.cell.Layout;
import dev.continuo.simulation.render.Appearance;
import dev.continuo.simulation.render.SceneRenderer;
import dev.continuo.simulation.scene.SceneState;

/** A running cell as a task sees it: laid out, looked at, drawn. One thread, but for {@link #close}. */
final class CardTable implements AutoCloseable {
    private static final double MOVED_RADIANS = 0.05;

    private final CellServer cell;
    private final SceneRenderer renderer = new SceneRenderer();
    private final CellState observed = new CellState();
    private final SceneState scene = new SceneState();
    private final double[] firstAxes = new double[CellState.AXES];
    /** The cell's time at which the next scene was laid out; set in the cell's thread. */
    private volatile long laidOutAtNanos;

    CardTable(final CellServer cell) {
        this.cell = cell;
        cell.snapshot(observed);
        System.arraycopy(observed.joints, 0, firstAxes, 0, firstAxes.length);
    }

    CellServer cell() {
        return cell;
    }

    /** What was seen last; the same object every time. */
    SceneState scene() {
        return scene;
    }

    void observe() {
        cell.snapshot(observed);
        Scenes.observe(observed, scene);
    }

    void layOut(final Layout layout) {
        laidOutAtNanos = Long.MAX_VALUE;
        cell.submit(simulated -> {
            simulated.layOut(layout);
            laidOutAtNanos = simulated.timeNanos();
        });
    }

    /** Whether what was seen last is younger than what was laid out last. */
    boolean isLaidOut() {
        return observed.timeNanos > laidOutAtNanos;
    }

    void draw(final Appearance appearance, final byte[] rgb) {
        renderer.render(scene, appearance, rgb);
    }

    /** Whether an arm has left the place where it was in the beginning. */
    boolean haveArmsMoved() {
        for (int axis = 0; axis < firstAxes.length; axis++) {
            if (Math.abs(scene.axes[axis] - firstAxes[axis]) > MOVED_RADIANS) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        cell.close();
    }
}
