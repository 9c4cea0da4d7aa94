package dev.continuo.simulation.toys;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words that go with an observation of a toy-placement trial, and what can be read from such words: where the object and the target are, where the object is to be placed, and what
 * comes next. {@link #of} writes exactly one form; {@link #parse} takes whatever a model says and leaves out what it cannot find.
 *
 * @param object what is picked, as a box; empty when missing
 * @param target what it is placed by, as a box; empty when missing
 * @param goalX  where it is to be placed, thousandths of the picture's width; empty when missing
 * @param goalY  thousandths of the picture's height; empty when missing
 */
public record ToyReasoning(Optional<PictureBox> object, Optional<PictureBox> target, OptionalInt goalX, OptionalInt goalY) {
    private static final String END = "Next action:";
    private static final String NUMBER = "\\s*(\\d{1,3})\\s*";
    private static final String POINT = "\\(" + NUMBER + "," + NUMBER + "\\)";
    private static final Pattern BOX = Pattern.compile("at\\s*" + POINT + "\\s*,\\s*" + POINT);
    private static final Pattern GOAL = Pattern.compile("goes\\s+(?:[a-z ]+?\\s+)?at\\s*" + POINT);
    /** Boxes that share this much of what they cover together are of one thing. */
    private static final double SAME = 0.5;

    /**
     * The text for a trial at a moment.
     *
     * @param scene how things stand now
     */
    public static String of(final ToyTrial trial, final ToyScene scene, final ToyCamera camera) {
        final ToyInstruction asked = trial.instruction();
        final StringBuilder text = new StringBuilder(160);
        text.append("The ").append(asked.object().name()).append(" is at ").append(box(trial, scene, ToyTable.OBJECT, camera).text());
        text.append(". The ").append(asked.target().name()).append(" is at ").append(box(trial, scene, ToyTable.TARGET, camera).text());
        final int[] goal = goal(trial, scene, camera);
        text.append(String.format(Locale.ROOT, ". It goes %s it at (%d,%d). ", asked.relation().phrase(), goal[0], goal[1]));
        if (ToyJudge.stands(trial, scene, ToyTable.OBJECT, asked.relation())) {
            text.append("Done. ");
        } else {
            text.append(scene.held[ToyTable.OBJECT] ? "Place the " : "Pick the ").append(asked.object().name()).append(". ");
        }
        return text.append(END).toString();
    }

    /** Reads what it can from a text. */
    public static ToyReasoning parse(final String text) {
        final Matcher boxes = BOX.matcher(text);
        final Optional<PictureBox> object = next(boxes);
        final Optional<PictureBox> target = object.flatMap(_ -> next(boxes));
        final Matcher goal = GOAL.matcher(text);
        final boolean said = goal.find();
        return new ToyReasoning(object, target, said ? OptionalInt.of(Integer.parseInt(goal.group(1))) : OptionalInt.empty(),
            said ? OptionalInt.of(Integer.parseInt(goal.group(2))) : OptionalInt.empty());
    }

    private static Optional<PictureBox> next(final Matcher boxes) {
        return boxes.find() ? Optional.of(new PictureBox(Integer.parseInt(boxes.group(1)), Integer.parseInt(boxes.group(2)), Integer.parseInt(boxes.group(3)),
            Integer.parseInt(boxes.group(4)))) : Optional.empty();
    }

    /** Object recognition: the share of object and target, 0 to 1, whose box covers at least half of what it and the thing's own cover together. */
    public double objectScore(final ToyTrial trial, final ToyScene scene, final ToyCamera camera) {
        return (isAt(object, box(trial, scene, ToyTable.OBJECT, camera)) + isAt(target, box(trial, scene, ToyTable.TARGET, camera))) / 2.0;
    }

    /** Spatial affordance: 1 when the point that is named lies where the object may stand, else 0. */
    public int spatialScore(final ToyTrial trial, final ToyScene scene, final ToyCamera camera) {
        if (goalX.isEmpty()) {
            return 0;
        }
        final PlacingZone zone = PlacingZone.of(trial.instruction().relation());
        final double[][] corners = {{zone.minX(), zone.minY()}, {zone.maxX(), zone.minY()}, {zone.maxX(), zone.maxY()}, {zone.minX(), zone.maxY()}};
        final double[] seen = new double[2];
        final double[] x = new double[corners.length];
        final double[] y = new double[corners.length];
        for (int corner = 0; corner < corners.length; corner++) {
            camera.project(scene.x(ToyTable.TARGET) + corners[corner][0], scene.y(ToyTable.TARGET) + corners[corner][1], goalHeight(trial), seen);
            x[corner] = seen[0] * PictureBox.UNITS;
            y[corner] = seen[1] * PictureBox.UNITS;
        }
        return isInside(goalX.getAsInt(), goalY.orElseThrow(), x, y) ? 1 : 0;
    }

    private static int isAt(final Optional<PictureBox> said, final PictureBox right) {
        return said.isPresent() && said.get().overlap(right) >= SAME ? 1 : 0;
    }

    private static PictureBox box(final ToyTrial trial, final ToyScene scene, final int thing, final ToyCamera camera) {
        return PictureBox.around(scene, thing, trial.things().get(thing), camera);
    }

    /** Where the object's middle is to be seen. */
    private static int[] goal(final ToyTrial trial, final ToyScene scene, final ToyCamera camera) {
        final double[] goal = trial.goal(scene);
        final double[] seen = new double[2];
        camera.project(goal[0], goal[1], goalHeight(trial), seen);
        return new int[] {PictureBox.units(seen[0]), PictureBox.units(seen[1])};
    }

    private static double goalHeight(final ToyTrial trial) {
        return trial.instruction().object().role().height() / 2
            + (PlacingZone.of(trial.instruction().relation()).aloft() ? trial.instruction().target().role().height() : 0);
    }

    /** Whether a point is on the same side of all edges of a convex figure. */
    private static boolean isInside(final double px, final double py, final double[] x, final double[] y) {
        int sides = 0;
        for (int i = 0; i < x.length; i++) {
            final int j = (i + 1) % x.length;
            sides += (x[j] - x[i]) * (py - y[i]) - (y[j] - y[i]) * (px - x[i]) >= 0 ? 1 : -1;
        }
        return Math.abs(sides) == x.length;
    }
}
