package dev.continuo.actors.actor;

import dev.continuo.actors.agent.Reasoner;
import dev.continuo.actors.agent.ReasoningAgent;
import dev.continuo.actors.bus.Bus;
import dev.continuo.config.Profile;
import org.apache.pekko.actor.typed.Behavior;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Owns the reasoning agent. */
public final class ReasoningActor {
    private ReasoningActor() {
    }

    /**
     * The actor of the reasoning.
     *
     * @param reasoner       loads the model; called at every start
     * @param assumedNanos   under a virtual clock: how long a reasoning is taken to last; 0 under a real one
     * @param inFlight       hears which agent runs, so that others can ask whether it reasons right now
     * @param silenceTimeout longer than the longest prefill: between two tokens the agent shows life
     */
    public static Behavior<StageActor.Command> create(
        final Profile profile, final Supplier<? extends Reasoner> reasoner, final long assumedNanos, final InFlight inFlight, final Bus bus,
        final Hosting hosting, final Duration silenceTimeout) {
        final ReasoningAgent.Settings settings = new ReasoningAgent.Settings(profile.model().reasoningPeriodNanos(), assumedNanos);
        return StageActor.create(new StageActor.Parts(
            "reasoning",
            () -> {
                final ReasoningAgent agent = new ReasoningAgent(
                    reasoner.get(), profile.cameras(), settings, bus, hosting.clock());
                inFlight.agent = agent;
                return agent;
            },
            hosting,
            silenceTimeout));
    }

    /** Whether a reasoning is being computed right now, over restarts of its agent. Read by any thread. */
    public static final class InFlight implements BooleanSupplier {
        private volatile ReasoningAgent agent;

        @Override
        public boolean getAsBoolean() {
            final ReasoningAgent current = agent;
            return current != null && current.inFlight();
        }
    }
}
