package dev.continuo.benchmarks.loop;

import dev.continuo.actors.bus.AeronBus;
import dev.continuo.benchmarks.ChildJvm;
import dev.continuo.config.Profile;
import dev.continuo.hardware.linux.RealTime;
import dev.continuo.simulation.cell.CellServer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * The other side of the loops: the simulated cell's motors behind their sockets, and somebody who publishes chunks.
 *
 * <p>Real motors answer whatever the computer does. So the simulated ones run under SCHED_FIFO where that is permitted, in all cases: a busy
 * machine then delays the loops that are measured, not the motors.
 */
final class CellProcess {
    private static final int FIFO_PRIORITY = 60;

    private CellProcess() {
    }

    /**
     * Serves until its parent ends it.
     *
     * @param arguments profile, rate and folder, as in {@link LoopCase#profile}
     */
    public static void main(final String[] arguments) {
        ChildJvm.endWithParent();
        final Profile profile = LoopCase.profile(arguments[0], Integer.parseInt(arguments[1]), Path.of(arguments[2]));
        try (CellServer cell = CellServer.of(profile, System::nanoTime);
             AeronBus bus = AeronBus.connect(profile.bus(), _ -> { });
             ChunkSource chunks = new ChunkSource(profile, bus)) {
            cell.submit(_ -> RealTime.fifo(FIFO_PRIORITY));
            cell.start();
            ChildJvm.tellReady("");
            while (bus.isOpen()) {
                chunks.publish(System.nanoTime());
                LockSupport.parkNanos(chunks.periodNanos());
            }
        }
    }
}
