package dev.continuo.training.evaluation;

import dev.continuo.actors.agent.ChunkPolicy;
import dev.continuo.actors.agent.Reasoner;
import dev.continuo.config.Profile;
import dev.continuo.simulation.render.SceneRenderer;
import dev.continuo.simulation.task.TrialSpec;

/** A simulated cell in which one trial after the other is played, faster than real time. For one thread. */
final class EvaluationCell {
    private static final ClosedLoopTrial.AssumedLatency LATENCY = new ClosedLoopTrial.AssumedLatency(80_000_000L, 600_000_000L);

    private final Profile profile;
    private final SceneRenderer renderer;

    /** A cell with the arms and cameras of a profile. */
    EvaluationCell(final Profile profile) {
        this.profile = profile;
        renderer = new SceneRenderer(profile.cameras().getFirst().width(), profile.cameras().getFirst().height());
    }

    /** A trial that is ready to be played; it closes reasoner and policy. */
    ClosedLoopTrial open(final TrialSpec trial, final Reasoner reasoner, final ChunkPolicy policy, final long seed) {
        return new ClosedLoopTrial(profile, trial, reasoner, policy, LATENCY, renderer, seed);
    }
}
