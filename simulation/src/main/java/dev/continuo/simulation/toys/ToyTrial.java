package dev.continuo.simulation.toys;

import dev.continuo.simulation.task.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * One trial: what is asked, what else stands on the table, and where. The same trial gives the same scene.
 *
 * @param instruction what is asked
 * @param things      what stands on the table: the object, the target, then the others
 * @param split       what light and table may look like
 * @param seed        of places and of everything that is seen
 */
public record ToyTrial(ToyInstruction instruction, List<Toy> things, Split split, long seed) {
    private static final double TURN = Math.toRadians(10);
    private static final int TRIES = 10_000;

    /** Checks that the things are those of the instruction and all different. */
    public ToyTrial {
        things = List.copyOf(things);
        if (things.size() != ToyTable.THINGS || things.stream().distinct().count() != things.size()
            || !things.get(ToyTable.OBJECT).equals(instruction.object()) || !things.get(ToyTable.TARGET).equals(instruction.target())) {
            throw new IllegalArgumentException(things + " are not " + ToyTable.THINGS + " different things with those of " + instruction.text());
        }
    }

    /** Draws a trial of an instruction: another object and another target of the same split stand by. */
    public static ToyTrial draw(final ToyInstruction instruction, final Split split, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<Toy> things = new ArrayList<>(List.of(instruction.object(), instruction.target()));
        for (final Toy.Role role : Toy.Role.values()) {
            final List<Toy> others = new ArrayList<>(ToyShelf.of(role, split));
            others.removeAll(things);
            Collections.shuffle(others, new Random(random.nextLong()));
            things.add(others.getFirst());
        }
        return new ToyTrial(instruction, things, split, random.nextLong());
    }

    /** The middle of where the object belongs, as the scene stands: x and y, metres. */
    public double[] goal(final ToyScene scene) {
        final PlacingZone zone = PlacingZone.of(instruction.relation());
        return new double[] {scene.x(ToyTable.TARGET) + zone.middleX(), scene.y(ToyTable.TARGET) + zone.middleY()};
    }

    /**
     * Stands the things on the table, apart from each other, the object not where it belongs, and the place where it belongs free; the arm stays as it is.
     *
     * @throws IllegalStateException if there is no room, which would be a mistake of the measures
     */
    public void layOut(final ToyScene scene) {
        final SplittableRandom random = new SplittableRandom(seed);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            for (int thing = 0; thing < things.size(); thing++) {
                scene.stand(thing, things.get(thing), random.nextDouble(ToyTable.MIN_X, ToyTable.MAX_X), random.nextDouble(ToyTable.MIN_Y, ToyTable.MAX_Y),
                    random.nextDouble(-TURN, TURN));
            }
            if (isFair(scene)) {
                return;
            }
        }
        throw new IllegalStateException("no room for " + instruction.text());
    }

    private boolean isFair(final ToyScene scene) {
        final double[] goal = goal(scene);
        boolean fair = ToyTable.contains(goal[0], goal[1]);
        for (int thing = 0; thing < things.size() && fair; thing++) {
            for (int other = 0; other < thing && fair; other++) {
                fair = Math.hypot(scene.x(thing) - scene.x(other), scene.y(thing) - scene.y(other)) > apart(thing, other);
            }
            if (thing != ToyTable.TARGET) {
                fair &= Math.hypot(scene.x(thing) - goal[0], scene.y(thing) - goal[1]) > apart(thing, ToyTable.OBJECT);
            }
        }
        return fair;
    }

    private double apart(final int thing, final int other) {
        return (things.get(thing).role().width() + things.get(other).role().width()) / 2 + ToyTable.ROOM;
    }
}
