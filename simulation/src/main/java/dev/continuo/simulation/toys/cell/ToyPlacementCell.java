package dev.continuo.simulation.toys.cell;

import dev.continuo.config.CellService;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.TrialEvent;
import dev.continuo.simulation.camera.MjpegServer;
import dev.continuo.simulation.franka.FciServer;
import dev.continuo.simulation.franka.HandServer;
import dev.continuo.simulation.game.PlayedGame;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.toys.ToyCamera;
import dev.continuo.simulation.toys.ToyInstruction;
import dev.continuo.simulation.toys.ToyPlacement;
import dev.continuo.simulation.toys.ToyTable;
import dev.continuo.simulation.toys.ToyTrial;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import org.agrona.concurrent.SystemNanoClock;

/** The simulated cell of toy placement in real time: a Franka and its hand at the ports of their interface, a camera over HTTP, trial after trial. */
public final class ToyPlacementCell implements CellService {
    /** The drivers at the other end tell the same. */
    private static final Consumer<String> NO_JOURNAL = _ -> { };

    /** For {@link java.util.ServiceLoader}. */
    public ToyPlacementCell() {
        // Nothing to set up before a profile is known.
    }

    @Override
    public String task() {
        return ToyPlacement.NAME;
    }

    @Override
    public void check(final String instruction) {
        ToyInstruction.of(instruction);
    }

    @Override
    public PlayedGame<ToyTask> start(final Profile profile, final Consumer<TrialEvent> events) {
        final DriverProfile.Franka driver = franka(profile);
        final ToyInstruction first = ToyInstruction.of(profile.instruction());
        final Split split = Split.of(profile.cell().split());
        final long seed = profile.cell().seed();
        final Deque<Runnable> opened = new ArrayDeque<>();
        try {
            final MjpegServer camera = new MjpegServer(profile.cell().cameraPort(), ToyCamera.WIDTH, ToyCamera.HEIGHT);
            opened.push(camera::close);
            final ToyCell cell = new ToyCell(ToyTrial.draw(first, split, seed), Arrays.copyOf(profile.arms().getFirst().readyPose().toArray(), ToyTable.READY.size()));
            opened.push(cell::close);
            final FciServer robot = new FciServer(cell.robot(), new InetSocketAddress(driver.host(), driver.port()), NO_JOURNAL);
            opened.push(robot::close);
            final HandServer hand = new HandServer(cell.hand(), new InetSocketAddress(driver.host(), driver.handPort().getAsInt()), NO_JOURNAL);
            final PlayedGame<ToyTask> game = new PlayedGame<>(new ToyTask(cell, robot, hand, first, split, seed, profile.cell().trialTimeoutNanos()), camera,
                3 * ToyCamera.WIDTH * ToyCamera.HEIGHT, profile.cameras().getFirst().rateHz(), events, SystemNanoClock.INSTANCE);
            game.start();
            return game;
        } catch (final ProfileException taken) {
            opened.forEach(Runnable::run);
            throw taken;
        } catch (final UncheckedIOException taken) {
            opened.forEach(Runnable::run);
            throw new ProfileException("the simulated robot cannot listen at " + taken.getMessage(), taken);
        }
    }

    private static DriverProfile.Franka franka(final Profile profile) {
        if (profile.arms().size() == 1 && profile.arms().getFirst().driver() instanceof DriverProfile.Franka franka && franka.model().equals("fr3")
            && franka.handPort().isPresent()) {
            return franka;
        }
        throw new ProfileException("the simulated cell of " + ToyPlacement.NAME + " has one fr3 with a hand; the profile " + profile.name() + " has other arms");
    }
}
