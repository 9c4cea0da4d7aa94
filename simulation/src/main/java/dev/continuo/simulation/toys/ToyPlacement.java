package dev.continuo.simulation.toys;

import dev.continuo.simulation.task.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** The toy-placement task: which trials are played (chatvla2.md section 1.8). */
public final class ToyPlacement {
    /** The task's name on the command line and in profiles. */
    public static final String NAME = "toy-placement";
    /** In-domain trials, as many as the paper's. */
    public static final int IN_DOMAIN_TRIALS = 67;
    /** Open-world trials, as many as the paper's: each of the 26 objects in each of the six places. */
    public static final int OPEN_WORLD_TRIALS = 156;

    /** The success rate of placing one of the two objects blindly in one of the six places by one of the two targets. */
    public static final double CHANCE = 1.0 / (2 * 2 * Relation.values().length);

    private ToyPlacement() {
    }

    /** The trials of a split for a seed: every object about as often as every other, and every place likewise. */
    public static List<ToyTrial> trials(final Split split, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int count = split == Split.IN_DOMAIN ? IN_DOMAIN_TRIALS : OPEN_WORLD_TRIALS;
        final List<Toy> targets = ToyShelf.of(Toy.Role.TARGET, split);
        return pairs(ToyShelf.of(Toy.Role.OBJECT, split), count, random).stream()
            .map(pair -> ToyTrial.draw(new ToyInstruction(pair.object, pair.relation, targets.get(random.nextInt(targets.size()))), split, random.nextLong()))
            .toList();
    }

    private record Pair(Toy object, Relation relation) {
    }

    /** All pairs of an object and a place, shuffled so that no object and no place comes a third time before all have come twice. */
    private static List<Pair> pairs(final List<Toy> objects, final int count, final SplittableRandom random) {
        final List<Toy> order = new ArrayList<>(objects);
        Collections.shuffle(order, new Random(random.nextLong()));
        final Relation[] relations = Relation.values();
        final List<Pair> pairs = new ArrayList<>();
        for (int round = 0; round < relations.length; round++) {
            for (int i = 0; i < order.size(); i++) {
                pairs.add(new Pair(order.get(i), relations[(i + round) % relations.length]));
            }
        }
        return pairs.subList(0, count);
    }
}
