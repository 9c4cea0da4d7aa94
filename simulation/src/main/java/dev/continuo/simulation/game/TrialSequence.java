package dev.continuo.simulation.game;

import dev.continuo.simulation.task.MathMatching;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.task.TrialSpec;
import java.util.List;

/** Trial after trial of a split, without end: each round plays all of its equations with other cards. One thread. */
public final class TrialSequence {
    private final Split split;
    private final long seed;
    private List<TrialSpec> round = List.of();
    private int rounds;
    private int next;

    /** The trials of a split for a seed. */
    public TrialSequence(final Split split, final long seed) {
        this.split = split;
        this.seed = seed;
    }

    /** The next trial. */
    public TrialSpec next() {
        if (next == round.size()) {
            round = MathMatching.trials(split, seed + rounds);
            rounds++;
            next = 0;
        }
        return round.get(next++);
    }
}
