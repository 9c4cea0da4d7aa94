package dev.continuo.simulation.toys;

import java.util.Locale;

/** Says how a trial went: from where the things stand, and nothing else. */
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

    /** Whether something has happened that cannot be mended: a thing is off the table, or another than the object was pushed away. */
    public static boolean spoilt(final ToyScene begin, final ToyScene scene) {
        for (int thing = 0; thing < ToyTable.THINGS; thing++) {
            if (scene.z(thing) < 0) {
                return true;
            }
        }
        return !isUndisturbed(begin, scene);
    }

    /** One line on where the object is, for example {@code the avocado stands to the left of the pink block}. */
    public static String outcome(final ToyTrial trial, final ToyScene scene) {
        final String object = "the " + trial.instruction().object().name();
        if (scene.held[ToyTable.OBJECT]) {
            return object + " is in the hand";
        }
        for (final Relation relation : Relation.values()) {
            if (stands(trial, scene, ToyTable.OBJECT, relation)) {
                return object + " stands " + relation.phrase() + " the " + trial.instruction().target().name();
            }
        }
        return String.format(Locale.ROOT, "%s is %.0f cm %s and %.0f cm %s of the middle of the %s", object,
            100 * Math.abs(scene.x(ToyTable.OBJECT) - scene.x(ToyTable.TARGET)), scene.x(ToyTable.OBJECT) < scene.x(ToyTable.TARGET) ? "left" : "right",
            100 * Math.abs(scene.y(ToyTable.OBJECT) - scene.y(ToyTable.TARGET)), scene.y(ToyTable.OBJECT) < scene.y(ToyTable.TARGET) ? "in front" : "behind",
            trial.instruction().target().name());
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
