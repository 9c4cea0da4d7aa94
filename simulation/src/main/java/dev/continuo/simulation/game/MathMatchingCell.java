package dev.continuo.simulation.game;

import dev.continuo.config.CellService;
import dev.continuo.config.Profile;
import dev.continuo.config.TrialEvent;
import dev.continuo.simulation.task.MathMatching;
import dev.continuo.simulation.task.Split;
import java.util.function.Consumer;

/** The simulated cell of the math-matching task in real time: motors on local sockets, a camera over HTTP, trial after trial. */
public final class MathMatchingCell implements CellService {
    /** For {@link java.util.ServiceLoader}. */
    public MathMatchingCell() {
        // Nothing to set up before a profile is known.
    }

    @Override
    public String task() {
        return MathMatching.NAME;
    }

    @Override
    public PlayedGame<CardTask> start(final Profile profile, final Consumer<TrialEvent> events) {
        final TrialSequence trials = new TrialSequence(Split.of(profile.cell().split()), profile.cell().seed());
        return CardCell.play(profile, cell -> new CardTask(cell, trials, profile.cell().trialTimeoutNanos()), events);
    }
}
