package dev.continuo.simulation.game;

import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.TrialEvent;
import dev.continuo.simulation.camera.MjpegServer;
import dev.continuo.simulation.cell.CellServer;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.task.Split;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.concurrent.SystemNanoClock;

/** The simulated cell of two ARX arms, three cards and a board in real time: motors on local sockets, a camera over HTTP, trial after trial. */
public final class CardCell {
    private static final int DEFAULT_RATE_HZ = 15;

    private CardCell() {
    }

    /**
     * Plays a task of one's own; what a {@link dev.continuo.config.CellService} of a plugin returns from its start.
     *
     * @param task   its name
     * @param trials makes one trial after another, without end; asked by the thread of the game, the first time within this call
     * @param events told of each trial
     * @throws ProfileException if a port or socket is taken, or the profile's arms are not those of the cell
     */
    public static PlayedGame<JudgedTask> play(final Profile profile, final String task, final Supplier<? extends CardTrial> trials, final Consumer<TrialEvent> events) {
        return play(profile, cell -> new JudgedTask(task, cell, trials, profile.cell().trialTimeoutNanos()), events);
    }

    static <T extends PlayedTask> PlayedGame<T> play(final Profile profile, final Function<CellServer, T> task, final Consumer<TrialEvent> events) {
        final int rateHz = profile.cameras().isEmpty() ? DEFAULT_RATE_HZ : profile.cameras().getFirst().rateHz();
        Rehearsal.play(profile, new TrialSequence(Split.of(profile.cell().split()), profile.cell().seed()).next());
        final CellServer cell = CellServer.of(profile, SystemNanoClock.INSTANCE);
        final MjpegServer camera;
        try {
            camera = new MjpegServer(profile.cell().cameraPort(), CellGeometry.CAMERA_WIDTH, CellGeometry.CAMERA_HEIGHT);
        } catch (final ProfileException taken) {
            cell.close();
            throw taken;
        }
        cell.start();
        final PlayedGame<T> game = new PlayedGame<>(task.apply(cell), camera, 3 * CellGeometry.CAMERA_WIDTH * CellGeometry.CAMERA_HEIGHT, rateHz, events, SystemNanoClock.INSTANCE);
        game.start();
        return game;
    }
}
