package dev.continuo.actors.actor;

import dev.continuo.actors.agent.StageAgent;
import dev.continuo.actors.agent.StepRunner;

import java.util.function.Consumer;

/**
 * Hands agents to a {@link StepRunner}, which whoever owns it steps. A failure is thrown to that owner, not told to the actor.
 */
public final class StepHost implements AgentHost {
    private final StepRunner steps;

    /** A host on the given runner; used on the runner's thread. */
    public StepHost(final StepRunner steps) {
        this.steps = steps;
    }

    @Override
    public Hosted start(final StageAgent agent, final Consumer<Throwable> onFailure) {
        steps.add(agent);
        return () -> {
            steps.remove(agent);
            return true;
        };
    }
}
