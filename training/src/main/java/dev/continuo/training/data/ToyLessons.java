package dev.continuo.training.data;

import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.toys.PictureBox;
import dev.continuo.simulation.toys.PlacingZone;
import dev.continuo.simulation.toys.Relation;
import dev.continuo.simulation.toys.Toy;
import dev.continuo.simulation.toys.ToyAppearance;
import dev.continuo.simulation.toys.ToyCamera;
import dev.continuo.simulation.toys.ToyInstruction;
import dev.continuo.simulation.toys.ToyReasoning;
import dev.continuo.simulation.toys.ToyScene;
import dev.continuo.simulation.toys.ToyShelf;
import dev.continuo.simulation.toys.ToyTable;
import dev.continuo.simulation.toys.ToyTrial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lessons about toys. Robot data are demonstrations, which have in-domain toys only. Image-text data show all toys, as a pretrained model has seen them; but no instruction in them asks for an
 * open-world object by an open-world target, as open-world trials do. For one thread; everything is drawn from the random source that is passed.
 */
final class ToyLessons {
    private static final int PAGE_SIDE = 84;
    /** The share of scenes that are moments of a demonstration with other toys. */
    private static final double RETOLD = 0.5;
    /** The share of the other scenes in which the object stands where it belongs. */
    private static final double PLACED_ALREADY = 0.2;
    /** The share of the other scenes whose arm is where a demonstration's was. */
    private static final double ARM_ANYWHERE = 0.5;
    private static final double JOINT_NOISE = 0.05;
    private static final int KINDS_OF_QUESTIONS = 5;

    private final ToyEye eye;
    private final ToyDemonstrationSet demonstrations;
    private final ToyPagePainter pages = new ToyPagePainter(PAGE_SIDE);
    private final ToyCamera camera = new ToyCamera();
    private final double[] seen = new double[2];

    /** Lessons about what an eye sees. */
    ToyLessons(final ToyEye eye, final ToyDemonstrationSet demonstrations) {
        this.eye = eye;
        this.demonstrations = demonstrations;
    }

    /** A page of toys; its answer is in the truth alone. */
    Example page(final RandomGenerator random) {
        final ToyPagePainter.Page page = pages.page(random);
        return new Example(Optional.of(eye.picture(page.rgb(), PAGE_SIDE, PAGE_SIDE)), WritingLessons.READ, "", Optional.empty(),
            Optional.of(new Example.Truth(page.toys().kinds(), new int[0], new float[0], new float[0])));
    }

    /** A page of toys with an instruction about two of them, to find those. */
    Example sought(final RandomGenerator random) {
        while (true) {
            final ToyPagePainter.Page page = pages.page(random);
            final List<ToyPagePainter.Shown> shown = new ArrayList<>(page.shown());
            Collections.shuffle(shown, new Random(random.nextLong()));
            for (final ToyPagePainter.Shown object : shown) {
                for (final ToyPagePainter.Shown target : shown) {
                    if (object.toy().role() == Toy.Role.OBJECT && target.toy().role() == Toy.Role.TARGET
                        && isShown(object.toy(), target.toy()) && isAlone(object.toy(), shown) && isAlone(target.toy(), shown)) {
                        return sought(page, object, target, random);
                    }
                }
            }
        }
    }

    private Example sought(final ToyPagePainter.Page page, final ToyPagePainter.Shown object, final ToyPagePainter.Shown target, final RandomGenerator random) {
        final int[] kinds = page.toys().kinds();
        final int[] asked = new int[kinds.length / SymbolMap.HALVES];
        for (int half = 0; half < kinds.length; half++) {
            final int kind = kinds[half];
            asked[half / SymbolMap.HALVES] = kind == ToyTruth.kind(object.toy()) ? ToyTable.OBJECT + 1
                : kind == ToyTruth.kind(target.toy()) ? ToyTable.TARGET + 1 : asked[half / SymbolMap.HALVES];
        }
        final Relation relation = Relation.values()[random.nextInt(Relation.values().length)];
        return new Example(Optional.of(eye.picture(page.rgb(), PAGE_SIDE, PAGE_SIDE)), new ToyInstruction(object.toy(), relation, target.toy()).text(),
            "The " + object.toy().name() + " is at " + object.box().text() + ". The " + target.toy().name() + " is at " + target.box().text() + ".",
            Optional.empty(), Optional.of(new Example.Truth(kinds, asked, new float[0], new float[0])));
    }

    private static boolean isAlone(final Toy toy, final List<ToyPagePainter.Shown> shown) {
        return shown.stream().filter(each -> each.toy().equals(toy)).count() == 1;
    }

    /** No picture of the training data asks for an open-world object by an open-world target. */
    private static boolean isShown(final Toy object, final Toy target) {
        return object.split() != Split.OPEN_WORLD || target.split() != Split.OPEN_WORLD;
    }

    /** Robot samples: {@code count} rows of one demonstration. */
    List<Example> robots(final RandomGenerator random, final int count) {
        return moments(demonstrations.draw(random, count), row -> Optional.of(row.motion()));
    }

    /** Whole tables and their reasoning: {@code count} moments of one trial, half of them where arm and things are where they were in a demonstration. */
    List<Example> scenes(final RandomGenerator random, final int count) {
        return random.nextDouble() < RETOLD
            ? moments(demonstrations.draw(random, count, demonstrated -> retold(demonstrated, random)), _ -> Optional.empty()) : posed(random, count);
    }

    private List<Example> moments(final List<ToyDemonstrationSet.Row> rows, final Function<ToyDemonstrationSet.Row, Optional<Example.Motion>> motion) {
        final ToyAppearance appearance = ToyAppearance.of(rows.getFirst().trial());
        return rows.stream().map(row -> scene(row.scene(), row.trial(), appearance, motion.apply(row))).toList();
    }

    private List<Example> posed(final RandomGenerator random, final int count) {
        final ToyTrial trial = trial(Relation.values()[random.nextInt(Relation.values().length)], random);
        final ToyAppearance appearance = ToyAppearance.of(trial);
        final List<Example> examples = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final ToyScene scene = laidOut(trial, random);
            if (random.nextDouble() < PLACED_ALREADY) {
                place(trial, scene, random);
            }
            examples.add(scene(scene, trial, appearance, Optional.empty()));
        }
        return examples;
    }

    private Example scene(final ToyScene scene, final ToyTrial trial, final ToyAppearance appearance, final Optional<Example.Motion> motion) {
        eye.look(trial, scene, appearance);
        final Example.Truth truth =
            new Example.Truth(eye.toys(trial, scene, appearance).kinds(), eye.asked(scene, appearance), ToyTruth.ofScene(scene), ToyTruth.ofReasoning(trial, scene));
        return new Example(Optional.of(eye.whole()), trial.instruction().text(), ToyReasoning.of(trial, scene, appearance.camera()), motion, Optional.of(truth));
    }

    /** {@code count} questions about one table: names, boxes, and places by a block. */
    List<Example> questions(final RandomGenerator random, final int count) {
        final ToyTrial trial = trial(Relation.LEFT, random);
        final ToyAppearance appearance = ToyAppearance.of(trial);
        final ToyScene scene = laidOut(trial, random);
        eye.look(trial, scene, appearance);
        final List<Example> examples = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            examples.add(question(trial, scene, appearance, random));
        }
        return examples;
    }

    private Example question(final ToyTrial trial, final ToyScene scene, final ToyAppearance appearance, final RandomGenerator random) {
        final int thing = random.nextInt(ToyTable.THINGS);
        final Toy toy = trial.things().get(thing);
        final PictureBox box = PictureBox.around(scene, thing, toy, appearance.camera());
        return switch (random.nextInt(KINDS_OF_QUESTIONS)) {
            case 0 -> asked("What is at " + box.text() + "?", "The " + toy.name() + ".");
            case 1 -> asked("Point to the " + toy.name() + ".", box.text());
            case 2 -> asked("What is on the table?", "The " + fromLeft(scene).map(each -> at(trial, scene, each, appearance.camera())).collect(Collectors.joining(", the ")) + ".");
            case 3 -> whereabouts(trial, scene, appearance, random);
            default -> affordance(trial, scene, appearance, random);
        };
    }

    private static Stream<Integer> fromLeft(final ToyScene scene) {
        return IntStream.range(0, ToyTable.THINGS).boxed().sorted(Comparator.comparingDouble(scene::x));
    }

    private static String at(final ToyTrial trial, final ToyScene scene, final int thing, final ToyCamera camera) {
        final Toy toy = trial.things().get(thing);
        return toy.name() + " at " + PictureBox.around(scene, thing, toy, camera).text();
    }

    /** All things by name, in any order. */
    private Example whereabouts(final ToyTrial trial, final ToyScene scene, final ToyAppearance appearance, final RandomGenerator random) {
        final List<Integer> order = new ArrayList<>(IntStream.range(0, ToyTable.THINGS).boxed().toList());
        Collections.shuffle(order, new Random(random.nextLong()));
        return asked("Where are the " + order.stream().map(thing -> trial.things().get(thing).name()).collect(Collectors.joining(", the ")) + "?",
            "The " + order.stream().map(thing -> at(trial, scene, thing, appearance.camera())).collect(Collectors.joining(", the ")) + ".");
    }

    /** Where an object would stand that is placed by the target. */
    private Example affordance(final ToyTrial trial, final ToyScene scene, final ToyAppearance appearance, final RandomGenerator random) {
        final Relation relation = Relation.values()[random.nextInt(Relation.values().length)];
        final PlacingZone zone = PlacingZone.of(relation);
        final Toy target = trial.things().get(ToyTable.TARGET);
        appearance.camera().project(scene.x(ToyTable.TARGET) + zone.middleX(), scene.y(ToyTable.TARGET) + zone.middleY(),
            Toy.Role.OBJECT.height() / 2 + (zone.aloft() ? target.role().height() : 0), seen);
        return asked("What place is " + relation.phrase() + " the " + target.name() + "?",
            "The " + target.name() + " is at " + PictureBox.around(scene, ToyTable.TARGET, target, appearance.camera()).text() + ". It goes " + relation.phrase()
                + " it at (" + PictureBox.units(seen[0]) + "," + PictureBox.units(seen[1]) + ").");
    }

    /** A table in words, with the reasoning: to find a name again, to read off where it is and to say where the object goes, there is nothing to be seen. */
    Example described(final RandomGenerator random) {
        final ToyTrial trial = trial(Relation.values()[random.nextInt(Relation.values().length)], random);
        final ToyScene scene = new ToyScene();
        trial.layOut(scene);
        scene.held[ToyTable.OBJECT] = random.nextBoolean();
        final List<Integer> order = new ArrayList<>(IntStream.range(0, ToyTable.THINGS).boxed().toList());
        Collections.shuffle(order, new Random(random.nextLong()));
        final String table = order.stream().map(thing -> at(trial, scene, thing, camera)).collect(Collectors.joining(", the "));
        return new Example(Optional.empty(), "The " + table + (scene.held[ToyTable.OBJECT] ? ". Held: the " + trial.instruction().object().name() : "") + ". "
            + trial.instruction().text(), ToyReasoning.of(trial, scene, camera), Optional.empty(), Optional.empty());
    }

    private Example asked(final String question, final String answer) {
        return new Example(Optional.of(eye.whole()), question, answer, Optional.empty(), Optional.empty());
    }

    /** A trial with any toys but an open-world object by an open-world target. */
    private static ToyTrial trial(final Relation relation, final RandomGenerator random) {
        final List<Toy> objects = shuffled(Toy.Role.OBJECT, random);
        final List<Toy> targets = shuffled(Toy.Role.TARGET, random);
        while (!isShown(objects.getFirst(), targets.getFirst())) {
            Collections.rotate(targets, 1);
        }
        return new ToyTrial(new ToyInstruction(objects.getFirst(), relation, targets.getFirst()),
            List.of(objects.getFirst(), targets.getFirst(), objects.get(1), targets.get(1)), Split.IN_DOMAIN, random.nextLong());
    }

    /** Another trial that is played with the same motions. */
    private static ToyTrial retold(final ToyTrial demonstrated, final RandomGenerator random) {
        return trial(demonstrated.instruction().relation(), random);
    }

    private static List<Toy> shuffled(final Toy.Role role, final RandomGenerator random) {
        final List<Toy> toys = new ArrayList<>(ToyShelf.all().stream().filter(toy -> toy.role() == role).toList());
        Collections.shuffle(toys, new Random(random.nextLong()));
        return toys;
    }

    private ToyScene laidOut(final ToyTrial trial, final RandomGenerator random) {
        final ToyScene scene = new ToyScene();
        new ToyTrial(trial.instruction(), trial.things(), trial.split(), random.nextLong()).layOut(scene);
        final double[] axes = random.nextDouble() < ARM_ANYWHERE ? demonstrations.axes(random) : ToyTable.READY.toArray();
        for (int axis = 0; axis < ToyTable.READY.size(); axis++) {
            scene.axes[axis] = axes[axis] + random.nextDouble(-JOINT_NOISE, JOINT_NOISE);
        }
        scene.axes[ToyTable.READY.size()] = random.nextDouble(Toy.Role.OBJECT.width(), 0.08);
        scene.timeNanos = random.nextInt();
        return scene;
    }

    private static void place(final ToyTrial trial, final ToyScene scene, final RandomGenerator random) {
        final PlacingZone zone = PlacingZone.of(trial.instruction().relation());
        scene.stand(ToyTable.OBJECT, trial.instruction().object(), scene.x(ToyTable.TARGET) + random.nextDouble(zone.minX(), zone.maxX()),
            scene.y(ToyTable.TARGET) + random.nextDouble(zone.minY(), zone.maxY()), scene.yaw[ToyTable.OBJECT]);
        scene.position[3 * ToyTable.OBJECT + 2] += zone.aloft() ? trial.instruction().target().role().height() : 0;
    }
}
