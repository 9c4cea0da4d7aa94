package dev.continuo.actors.actor;

import dev.continuo.actors.agent.ActionAgent;
import dev.continuo.actors.agent.ChunkPolicy;
import dev.continuo.actors.bus.Bus;
import dev.continuo.config.Profile;
import org.apache.pekko.actor.typed.Behavior;

import java.time.Duration;
import java.util.function.Supplier;

/** Owns the agent that turns observations into action chunks. */
public final class ActionActor {
    private ActionActor() {
    }

    /**
     * The actor of the policy.
     *
     * @param policy         loads the policy; called at every start
     * @param settings       how the agent acts
     * @param silenceTimeout longer than the longest computation of a chunk
     */
    public static Behavior<StageActor.Command> create(
        final Profile profile, final Supplier<? extends ChunkPolicy> policy, final ActionAgent.Settings settings, final Bus bus,
        final Hosting hosting, final Duration silenceTimeout) {
        return StageActor.create(new StageActor.Parts(
            "action",
            () -> new ActionAgent(policy.get(), profile, settings, bus, hosting.clock()),
            hosting,
            silenceTimeout));
    }
}
