package dev.continuo.supervision.roles;

import dev.continuo.actors.agent.ChunkPolicy;
import dev.continuo.actors.agent.Reasoner;

/**
 * The model of a brain, loaded once and shared by its stages. Each of the two may be asked for again when its stage is restarted; what
 * it returns is closed with the stage and leaves the model loaded.
 */
interface Brain {

    /** The vision-language model, for the thread of the reasoning stage. */
    Reasoner reasoner();

    /** The policy, for the thread of the action stage. */
    ChunkPolicy policy();
}
