package dev.continuo.training.data;

import dev.continuo.perception.PictureLimits;
import dev.continuo.reasoning.network.ImagePatches;
import dev.continuo.simulation.toys.ToyAppearance;
import dev.continuo.simulation.toys.ToyCamera;
import dev.continuo.simulation.toys.ToyRenderer;
import dev.continuo.simulation.toys.ToyScene;
import dev.continuo.simulation.toys.ToyTable;
import dev.continuo.simulation.toys.ToyTrial;

/** What the camera at the toys' table sees, as the model takes it. For one thread. */
final class ToyEye {
    private final ToyRenderer renderer = new ToyRenderer();
    private final byte[] picture = new byte[renderer.byteCount()];
    private final Lens lens;
    private final double[] seen = new double[2];

    /** An eye whose pictures are resized as the model's configuration says. */
    ToyEye(final PictureLimits limits) {
        lens = new Lens(limits, ToyCamera.WIDTH, ToyCamera.HEIGHT);
    }

    /** Looks at a scene; what follows is about this picture. */
    void look(final ToyTrial trial, final ToyScene scene, final ToyAppearance appearance) {
        renderer.render(trial, scene, appearance, picture);
        lens.look(picture);
    }

    /** The toys in the picture, where their middles are, hidden or not. */
    SymbolMap toys(final ToyTrial trial, final ToyScene scene, final ToyAppearance appearance) {
        final SymbolMap map = new SymbolMap(lens.width(), lens.height());
        for (int thing = ToyTable.THINGS - 1; thing >= 0; thing--) {
            if (appearance.camera().project(scene.x(thing), scene.y(thing), scene.z(thing), seen)) {
                map.put(ToyTruth.kind(trial.things().get(thing)), seen[0] * lens.width(), seen[1] * lens.height());
            }
        }
        return map;
    }

    /** For each image token, row by row, which of {@link ToyTruth#ASKED} has its middle there: the object and the target of the trial. */
    int[] asked(final ToyScene scene, final ToyAppearance appearance) {
        final int columns = lens.width() / SymbolMap.TOKEN_PIXELS;
        final int rows = lens.height() / SymbolMap.TOKEN_PIXELS;
        final int[] asked = new int[columns * rows];
        for (final int thing : new int[] {ToyTable.TARGET, ToyTable.OBJECT}) {
            if (appearance.camera().project(scene.x(thing), scene.y(thing), scene.z(thing), seen)
                && seen[0] >= 0 && seen[0] < 1 && seen[1] >= 0 && seen[1] < 1) {
                asked[(int) (seen[1] * rows) * columns + (int) (seen[0] * columns)] = thing + 1;
            }
        }
        return asked;
    }

    /** The whole picture. */
    ImagePatches whole() {
        return lens.whole();
    }

    /** Any picture, preprocessed. */
    ImagePatches picture(final byte[] rgb, final int pixelColumns, final int pixelRows) {
        return lens.picture(rgb, pixelColumns, pixelRows);
    }
}
