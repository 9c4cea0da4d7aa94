package dev.continuo.supervision.cluster;

import dev.continuo.actors.actor.StageHealth;
import dev.continuo.actors.actor.Wire;
import dev.continuo.config.TrialEvent;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** What the other roles tell {@code control}. */
public sealed interface FromRole extends ToGuardian, Wire {

    /**
     * A sign of life, once a second; the first one introduces the role.
     *
     * @param role   who
     * @param pid    its process
     * @param ready  whether it does its work: the model is loaded, the cell stands
     * @param stages how its stages are
     * @param self   where it can be told something
     */
    record Alive(RoleName role, long pid, boolean ready, List<StageHealth> stages, ActorRef<ToRole> self) implements FromRole {
    }

    /** A trial has begun in the cell. */
    record TrialStarted(TrialEvent.Started trial) implements FromRole {
    }

    /** A trial is over in the cell. */
    record TrialEnded(TrialEvent.Ended trial) implements FromRole {
    }

    /** A trial is over in the cell without a verdict. */
    record TrialGivenUp(TrialEvent.GivenUp trial) implements FromRole {
    }

    /** Somebody wants all arms to stop, now. */
    record StopAllArms(String reason) implements FromRole {
    }
}
