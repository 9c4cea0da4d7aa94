package dev.continuo.simulation.toys;

/** Says whether a trial succeeded: from where the things stand, and nothing else. */
public final class ToyJudge {
    private static final double HEIGHT_TOLERANCE = 0.006;
    /** How far the target, and what else stands there, may have been pushed, metres. */
    private static final double PUSHED = 0.03;

    private ToyJudge() {
    }

    /**
     * Whether the object stands where it was asked for, released, and nothing else was moved.
     *
     * @param begin how the things stood at the beginning
     */
    public static boolean success(final ToyTrial trial, final ToyScene begin, final ToyScene scene) {
        return stands(trial, scene, ToyTable.OBJECT, trial.instruction().relation()) && isUndisturbed(begin, scene);
    }

    /** Whether a thing stands, released, at a place of the target. */
    public static boolean stands(final ToyTrial trial, final ToyScene scene, final int thing, final Relation relation) {
        final PlacingZone zone = PlacingZone.of(relation);
        final double height = trial.things().get(thing).role().height() / 2 + (zone.aloft() ? trial.things().get(ToyTable.TARGET).role().height() : 0);
        return !scene.held[thing] && Math.abs(scene.z(thing) - height) <= HEIGHT_TOLERANCE
            && zone.contains(scene.x(thing) - scene.x(ToyTable.TARGET), scene.y(thing) - scene.y(ToyTable.TARGET));
    }

    private static boolean isUndisturbed(final ToyScene begin, final ToyScene scene) {
        for (int thing = 0; thing < ToyTable.THINGS; thing++) {
            if (thing != ToyTable.OBJECT && Math.hypot(scene.x(thing) - begin.x(thing), scene.y(thing) - begin.y(thing)) > PUSHED) {
                return false;
            }
        }
        return true;
    }
}
