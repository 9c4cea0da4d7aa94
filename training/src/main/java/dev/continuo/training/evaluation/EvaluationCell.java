package dev.continuo.training.evaluation;

import dev.continuo.actors.agent.ChunkPolicy;
import dev.continuo.actors.agent.Reasoner;
import dev.continuo.config.CameraProfile;
import dev.continuo.config.Profile;
import dev.continuo.simulation.render.SceneRenderer;

/** How trials are evaluated: how long the model is taken to think, and how large the pictures are. */
final class EvaluationCell {
    private static final ClosedLoopTrial.AssumedLatency LATENCY = new ClosedLoopTrial.AssumedLatency(80_000_000L, 600_000_000L);

    private EvaluationCell() {
    }

    /** A trial that is ready to be played; it closes cell, reasoner and policy. */
    static ClosedLoopTrial open(final Profile profile, final TrialCell cell, final Reasoner reasoner, final ChunkPolicy policy) {
        return new ClosedLoopTrial(profile, cell, reasoner, policy, LATENCY);
    }

    /** The same, with a chunk that takes as long as is said. */
    static ClosedLoopTrial open(final Profile profile, final TrialCell cell, final Reasoner reasoner, final ChunkPolicy policy, final long chunkNanos) {
        return new ClosedLoopTrial(profile, cell, reasoner, policy, new ClosedLoopTrial.AssumedLatency(chunkNanos, LATENCY.reasoningNanos()));
    }

    /** Draws the cards' cell as large as a profile's camera shows it. */
    static SceneRenderer renderer(final Profile profile) {
        final CameraProfile camera = profile.cameras().getFirst();
        return new SceneRenderer(camera.width(), camera.height());
    }
}
