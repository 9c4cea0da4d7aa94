package dev.continuo.actors.actor;

import dev.continuo.actors.agent.StageAgent;

import java.util.function.Consumer;

/**
 * Where agents run: on threads of their own, or stepped by a test or simulation.
 */
public interface AgentHost {

    /**
     * Starts an agent and its intake. The host closes both when they fail or are stopped.
     *
     * @param onFailure told once, on any thread, if the agent or its intake fails
     */
    Hosted start(StageAgent agent, Consumer<Throwable> onFailure);

    /** An agent that was started. */
    interface Hosted {

        /**
         * Stops the agent and waits, for a bounded time, until it is closed.
         *
         * @return whether it was; if not, it hangs and its thread has been abandoned
         */
        boolean stop();
    }
}
