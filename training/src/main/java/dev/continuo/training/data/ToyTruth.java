package dev.continuo.training.data;

import dev.continuo.simulation.toys.Toy;
import dev.continuo.simulation.toys.ToyJudge;
import dev.continuo.simulation.toys.ToyScene;
import dev.continuo.simulation.toys.ToyShelf;
import dev.continuo.simulation.toys.ToyTable;
import dev.continuo.simulation.toys.ToyTrial;
import dev.continuo.simulation.toys.PlacingZone;

/** What is true about a table of toys, as numbers of about unit size: what the vision-language model should be able to tell the action expert. */
public final class ToyTruth {
    /** Kinds of toys, and 0 for none. */
    public static final int KINDS = ToyShelf.all().size() + 1;
    /** What a place in a picture can be to an instruction: nothing, the object that is asked for, the target. */
    public static final int ASKED = 3;
    /** Numbers that {@link #ofScene} gives. */
    public static final int SCENE_FEATURES = 8;
    /** Numbers that {@link #ofReasoning} gives. */
    public static final int NEXT_FEATURES = 8;

    private static final double PER_METRE = 30;
    private static final double PER_HEIGHT = 30;
    private static final double PER_TURN = 5;
    private static final double FARTHEST = 8;
    private static final double MIDDLE_X = (ToyTable.MIN_X + ToyTable.MAX_X) / 2;
    private static final double MIDDLE_Y = (ToyTable.MIN_Y + ToyTable.MAX_Y) / 2;

    private ToyTruth() {
    }

    /** The kind of a toy, from 1. */
    static int kind(final Toy toy) {
        return ToyShelf.all().indexOf(toy) + 1;
    }

    /** Where the object that is asked for stands, how it is turned and whether it is held, and where the target stands. */
    public static float[] ofScene(final ToyScene scene) {
        return new float[] {
            x(scene.x(ToyTable.OBJECT)), y(scene.y(ToyTable.OBJECT)), bounded(PER_HEIGHT * (scene.z(ToyTable.OBJECT) - Toy.Role.OBJECT.height() / 2)),
            bounded(PER_TURN * scene.yaw[ToyTable.OBJECT]), scene.held[ToyTable.OBJECT] ? 1 : -1,
            x(scene.x(ToyTable.TARGET)), y(scene.y(ToyTable.TARGET)), bounded(PER_TURN * scene.yaw[ToyTable.TARGET])};
    }

    /** Where the object is picked, where it is placed, and whether it is to be picked, to be placed, or neither any more: 1 or 0 each. */
    public static float[] ofReasoning(final ToyTrial trial, final ToyScene scene) {
        final double[] goal = trial.goal(scene);
        final boolean done = ToyJudge.stands(trial, scene, ToyTable.OBJECT, trial.instruction().relation());
        final boolean held = scene.held[ToyTable.OBJECT];
        return new float[] {
            x(scene.x(ToyTable.OBJECT)), y(scene.y(ToyTable.OBJECT)), x(goal[0]), y(goal[1]),
            PlacingZone.of(trial.instruction().relation()).aloft() ? 1 : 0, !done && !held ? 1 : 0, !done && held ? 1 : 0, done ? 1 : 0};
    }

    private static float x(final double metres) {
        return bounded(PER_METRE * (metres - MIDDLE_X));
    }

    private static float y(final double metres) {
        return bounded(PER_METRE * (metres - MIDDLE_Y));
    }

    private static float bounded(final double value) {
        return (float) Math.clamp(value, -FARTHEST, FARTHEST);
    }
}
