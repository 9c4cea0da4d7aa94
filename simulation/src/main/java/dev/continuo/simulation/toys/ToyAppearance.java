package dev.continuo.simulation.toys;

import dev.continuo.simulation.render.Look;
import dev.continuo.simulation.render.TablePainter;
import dev.continuo.simulation.render.Texture;
import java.util.SplittableRandom;

/**
 * Everything about a toys' scene that is seen but does not move: the table, the pictures on the blocks, and how it is looked at. Drawn from a trial; the same trial gives the same
 * pictures. Immutable; may be shared between renderers.
 */
public final class ToyAppearance {
    /** What a picture takes of a block's side. */
    private static final double SHARE = 0.92;

    final Look look;
    final Texture table;
    /** The picture on each thing; null on a plain one. */
    final Texture[] pictures = new Texture[ToyTable.THINGS];
    private final ToyCamera camera;

    private ToyAppearance(final ToyTrial trial) {
        final SplittableRandom random = new SplittableRandom(trial.seed() ^ 0x70f5L);
        look = new Look(FrankaMeshes.MATERIALS + ToyTable.THINGS, trial.seed(), random);
        table = TablePainter.paint(trial.split().surroundings().pick(random), random.split());
        camera = new ToyCamera(look.cameraOffset());
        final double shell = random.nextDouble(0.72, 0.88);
        look.paint(FrankaMeshes.SHELL, shell, shell, shell);
        look.paint(FrankaMeshes.RING, 0.28, 0.29, 0.31);
        look.paint(FrankaMeshes.HAND_BODY, 0.9 * shell, 0.9 * shell, 0.9 * shell);
        look.paint(FrankaMeshes.PAD, 0.16, 0.16, 0.17);
        final double cream = random.nextDouble(0.80, 0.95);
        final double[] paper = {cream, cream * random.nextDouble(0.96, 1.0), cream * random.nextDouble(0.85, 0.97)};
        for (int thing = 0; thing < ToyTable.THINGS; thing++) {
            final Toy toy = trial.things().get(thing);
            final double[] colour = toy.role() == Toy.Role.OBJECT ? paper : faded(ToyPictures.colour(toy), random);
            look.paint(FrankaMeshes.MATERIALS + thing, colour[0], colour[1], colour[2]);
            if (toy.role() == Toy.Role.OBJECT) {
                pictures[thing] = Texture.of(ToyPictures.of(toy), paper, SHARE);
            }
        }
    }

    /** What a trial looks like. Takes milliseconds: once per trial. */
    public static ToyAppearance of(final ToyTrial trial) {
        return new ToyAppearance(trial);
    }

    /** Where the camera really stands. */
    public ToyCamera camera() {
        return camera;
    }

    private static double[] faded(final double[] colour, final SplittableRandom random) {
        final double light = random.nextDouble(0.88, 1.08);
        return new double[] {Math.min(1, light * colour[0]), Math.min(1, light * colour[1]), Math.min(1, light * colour[2])};
    }
}
