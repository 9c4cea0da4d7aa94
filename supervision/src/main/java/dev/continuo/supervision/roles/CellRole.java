package dev.continuo.supervision.roles;

import dev.continuo.config.CellService;
import dev.continuo.config.Profile;
import dev.continuo.supervision.cluster.FromRole;
import dev.continuo.supervision.cluster.RoleName;
import dev.continuo.supervision.cluster.Systems;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of the simulated cell. */
public final class CellRole {
    private static final Logger LOG = LoggerFactory.getLogger(CellRole.class);

    private CellRole() {
    }

    /**
     * Runs the cell until the process is ended.
     *
     * @return the exit status
     * @throws dev.continuo.config.ProfileException if no cell plays the task, or a port or path is taken
     */
    public static int run(final Profile profile) {
        Thread.setDefaultUncaughtExceptionHandler(CellRole::onThreadLost);
        final CellService service = Cells.find(profile.task());
        final ActorSystem<SpawnProtocol.Command> system = Systems.member(profile, RoleName.CELL);
        start(system, service, profile, Systems.guardian(system, profile));
        system.getWhenTerminated().toCompletableFuture().join();
        return 1;
    }

    /** A cell that goes on without its judge or its clock would be waited for: a fresh one is better. */
    private static void onThreadLost(final Thread thread, final Throwable failure) {
        LOG.error("the thread {} failed", thread.getName(), failure);
        System.err.println("continuo: the cell's thread " + thread.getName() + " failed: " + failure);
        Runtime.getRuntime().halt(1);
    }

    /** Starts the cell within a system; for a process that holds other roles too. */
    static void start(final ActorSystem<SpawnProtocol.Command> system, final CellService service, final Profile profile,
        final ActorRef<FromRole> control) {
        final ActorRef<CellActor.Command> actor = Systems.spawn(system, CellActor.create(control), RoleName.CELL.id());
        actor.tell(new CellActor.Stands(service.start(profile, event -> actor.tell(new CellActor.Told(event)))));
    }
}
