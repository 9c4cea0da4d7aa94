package dev.continuo.simulation.cell;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.TransportProfile;
import dev.continuo.hardware.can.LocalSocketCanServer;
import dev.continuo.hardware.linux.RealTime;
import dev.continuo.simulation.physics.ArmModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;

/**
 * A simulated cell in real time: one thread steps it with a clock, and its two CAN buses are local sockets on which the drivers of the
 * arms find it as they would find adapters of real ones.
 *
 * <p>The cell itself belongs to that thread. Others hand it work with {@link #submit} and look at it with {@link #snapshot}. If the
 * thread falls behind by more than {@link #CATCH_UP_NANOS}, the cell's clock stands still for the rest instead of rushing: motors would
 * otherwise live through seconds without their host.
 */
public final class CellServer implements AutoCloseable {
    /** How much lost time is made up for at once. */
    public static final long CATCH_UP_NANOS = 20_000_000L;

    private static final long CLOSE_MILLIS = 2_000;
    /** Motors answer within microseconds however busy the host is; below the priority of the arms' control loops. */
    private static final int PRIORITY = 70;

    private final SimulatedCell cell;
    private final List<LocalSocketCanServer> sockets = new ArrayList<>();
    private final NanoClock clock;
    private final ConcurrentLinkedQueue<Consumer<SimulatedCell>> work = new ConcurrentLinkedQueue<>();
    private final CellState published = new CellState();
    private final Thread thread;
    private volatile boolean running;
    // written by the cell's thread only
    private volatile long skippedNanos;

    /**
     * Listens at the sockets; the cell stands still until {@link #start}.
     *
     * @param model   the type of both arms
     * @param seed    of what varies on the buses
     * @param sockets where the left and the right arm's bus are served; an arm without lies on its stand for good
     * @param pose    the pose in which the arms lie on their stands, in the order of {@link CellState#joints}
     * @param clock   real time
     * @throws ProfileException if a socket is taken
     */
    public CellServer(final ArmModel model, final long seed, final List<Optional<Path>> sockets, final double[] pose, final NanoClock clock) {
        this.clock = clock;
        cell = new SimulatedCell(model, seed);
        cell.parkArms(pose);
        listen(sockets);
        published.set(cell.state());
        thread = Thread.ofPlatform().name("simulated-cell").daemon(true).unstarted(this::run);
    }

    /**
     * The cell of a profile, its arms in their ready poses. Arms of plugins move elsewhere: in the cell, one of the other's type lies on its stand in their place.
     *
     * @throws ProfileException if the profile has no two arms, those of ARX of one type and on local sockets; or if a socket is taken
     */
    public static CellServer of(final Profile profile, final NanoClock clock) {
        if (profile.arms().size() != SimulatedCell.ARMS) {
            throw new ProfileException("the simulated cell has two arms, the profile " + profile.name() + " has "
                + profile.arms().size());
        }
        final List<ArmProfile> simulated = profile.arms().stream().filter(arm -> !(arm.driver() instanceof DriverProfile.Plugin)).toList();
        final double[] pose = new double[CellState.AXES];
        for (int i = 0; i < SimulatedCell.ARMS; i++) {
            final ArmProfile arm = profile.arms().get(i);
            if (simulated.contains(arm)) {
                System.arraycopy(arm.readyPose().toArray(), 0, pose, i * DriverProfile.Arx.AXES, Math.min(DriverProfile.Arx.AXES, arm.axisCount()));
            }
        }
        final List<String> types = simulated.stream().map(ArmProfile::model).distinct().toList();
        if (types.size() > 1) {
            throw new ProfileException("both arms of the simulated cell are of one type: " + String.join(" or ", types) + "?");
        }
        final List<Optional<Path>> sockets = profile.arms().stream().map(arm -> simulated.contains(arm) ? Optional.of(socket(arm)) : Optional.<Path>empty()).toList();
        return new CellServer(types.isEmpty() ? ArmModel.R5 : ArmModel.named(types.getFirst()), profile.cell().seed(), sockets, pose, clock);
    }

    private static Path socket(final ArmProfile arm) {
        if (arm.arx().transport() instanceof TransportProfile.LocalSocket socket) {
            return socket.path();
        }
        throw new ProfileException("the simulated cell serves local sockets; the " + arm.name() + " arm's transport is another");
    }

    private void listen(final List<Optional<Path>> paths) {
        try {
            for (int arm = 0; arm < SimulatedCell.ARMS; arm++) {
                if (paths.get(arm).isPresent()) {
                    sockets.add(new LocalSocketCanServer(paths.get(arm).get()));
                    cell.connect(arm, sockets.getLast());
                }
            }
        } catch (final ProfileException taken) {
            sockets.forEach(LocalSocketCanServer::close);
            cell.close();
            throw taken;
        }
    }

    /** Starts the cell's clock. */
    public void start() {
        running = true;
        thread.start();
    }

    /** Has {@code task} run in the cell's thread, between two ticks: laying out a scene, injecting faults. Any thread. */
    public void submit(final Consumer<SimulatedCell> task) {
        work.add(task);
    }

    /** Copies the present state. Any thread. */
    public void snapshot(final CellState into) {
        synchronized (published) {
            into.set(published);
        }
    }

    /** Real time during which the cell's clock stood still because its thread had not run. */
    public long skippedNanos() {
        return skippedNanos;
    }

    private void run() {
        RealTime.fifo(PRIORITY);
        try {
            long originNanos = clock.nanoTime() - cell.timeNanos();
            while (running) {
                for (Consumer<SimulatedCell> task = work.poll(); task != null; task = work.poll()) {
                    task.accept(cell);
                }
                originNanos = keepUp(originNanos);
                LockSupport.parkNanos(SimulatedCell.TICK_NANOS - (clock.nanoTime() - originNanos - cell.timeNanos()));
            }
        } finally {
            // whatever ends this thread: a driver that finds its bus gone stops by its own rules
            cell.close();
            sockets.forEach(LocalSocketCanServer::close);
        }
    }

    /** Steps the cell up to now; returns the real time at which the cell's clock was, or would have been, 0. */
    private long keepUp(final long originNanos) {
        final long behindNanos = clock.nanoTime() - originNanos - cell.timeNanos();
        final long skip = Math.max(0, behindNanos - CATCH_UP_NANOS);
        skippedNanos += skip;
        cell.advanceTo(cell.timeNanos() + behindNanos - skip);
        synchronized (published) {
            published.set(cell.state());
        }
        return originNanos + skip;
    }

    /** Stops the clock and closes the sockets. */
    @Override
    public void close() {
        final boolean wasRunning = running;
        running = false;
        if (wasRunning) {
            LockSupport.unpark(thread);
            try {
                thread.join(CLOSE_MILLIS);
            } catch (final InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        } else if (thread.getState() == Thread.State.NEW) {
            cell.close();
            sockets.forEach(LocalSocketCanServer::close);
        }
    }
}
