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
    private final List<LocalSocketCanServer> sockets;
    private final NanoClock clock;
    private final ConcurrentLinkedQueue<Consumer<SimulatedCell>> work = new ConcurrentLinkedQueue<>();
    private final CellState published = new CellState();
    private final Thread thread;
    private volatile boolean running;
    // written by the cell's thread only
    private volatile long skippedNanos;

    /**
     * Listens at both sockets; the cell stands still until {@link #start}.
     *
     * @param model   the type of both arms
     * @param seed    of what varies on the buses
     * @param sockets where the left and the right arm's bus are served
     * @param pose    the pose in which the arms lie on their stands, in the order of {@link CellState#joints}
     * @param clock   real time
     * @throws ProfileException if a socket is taken
     */
    public CellServer(final ArmModel model, final long seed, final List<Path> sockets, final double[] pose, final NanoClock clock) {
        this.clock = clock;
        cell = new SimulatedCell(model, seed);
        cell.parkArms(pose);
        this.sockets = listen(sockets);
        for (int arm = 0; arm < SimulatedCell.ARMS; arm++) {
            cell.connect(arm, this.sockets.get(arm));
        }
        published.set(cell.state());
        thread = Thread.ofPlatform().name("simulated-cell").daemon(true).unstarted(this::run);
    }

    /**
     * The cell of a profile, its arms in their ready poses.
     *
     * @throws ProfileException if the profile has no two arms of one type on local sockets, or a socket is taken
     */
    public static CellServer of(final Profile profile, final NanoClock clock) {
        if (profile.arms().size() != SimulatedCell.ARMS) {
            throw new ProfileException("the simulated cell has two arms, the profile " + profile.name() + " has "
                + profile.arms().size());
        }
        final double[] pose = new double[CellState.AXES];
        for (int i = 0; i < SimulatedCell.ARMS; i++) {
            System.arraycopy(profile.arms().get(i).readyPose().toArray(), 0, pose, i * DriverProfile.Arx.AXES, DriverProfile.Arx.AXES);
        }
        final ArmProfile left = profile.arms().getFirst();
        if (!left.model().equals(profile.arms().getLast().model())) {
            throw new ProfileException("both arms of the simulated cell are of one type: " + left.model() + " or "
                + profile.arms().getLast().model() + "?");
        }
        return new CellServer(ArmModel.named(left.model()), profile.cell().seed(),
            profile.arms().stream().map(CellServer::socket).toList(), pose, clock);
    }

    private static Path socket(final ArmProfile arm) {
        if (arm.arx().transport() instanceof TransportProfile.LocalSocket socket) {
            return socket.path();
        }
        throw new ProfileException("the simulated cell serves local sockets; the " + arm.name() + " arm's transport is another");
    }

    private List<LocalSocketCanServer> listen(final List<Path> paths) {
        final List<LocalSocketCanServer> listening = new ArrayList<>();
        try {
            for (final Path path : paths) {
                listening.add(new LocalSocketCanServer(path));
            }
        } catch (final ProfileException taken) {
            listening.forEach(LocalSocketCanServer::close);
            cell.close();
            throw taken;
        }
        return listening;
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
