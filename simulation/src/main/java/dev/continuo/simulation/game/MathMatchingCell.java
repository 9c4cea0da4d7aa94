package dev.continuo.simulation.game;

import dev.continuo.config.CellService;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.TrialEvent;
import dev.continuo.simulation.camera.MjpegServer;
import dev.continuo.simulation.cell.CellServer;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.task.MathMatching;
import dev.continuo.simulation.task.Split;
import java.util.function.Consumer;
import org.agrona.concurrent.SystemNanoClock;

/** The simulated cell of the math-matching task in real time: motors on local sockets, a camera over HTTP, trial after trial. */
public final class MathMatchingCell implements CellService {
    private static final int DEFAULT_RATE_HZ = 15;

    /** For {@link java.util.ServiceLoader}. */
    public MathMatchingCell() {
        // Nothing to set up before a profile is known.
    }

    @Override
    public String task() {
        return MathMatching.NAME;
    }

    @Override
    public PlayedGame<CardTask> start(final Profile profile, final Consumer<TrialEvent> events) {
        final TrialSequence trials = new TrialSequence(Split.of(profile.cell().split()), profile.cell().seed());
        final int rateHz = profile.cameras().isEmpty() ? DEFAULT_RATE_HZ : profile.cameras().getFirst().rateHz();
        Rehearsal.play(profile, new TrialSequence(Split.of(profile.cell().split()), profile.cell().seed()).next());
        final CellServer cell = CellServer.of(profile, SystemNanoClock.INSTANCE);
        final MjpegServer camera;
        try {
            camera = new MjpegServer(profile.cell().cameraPort(), CellGeometry.CAMERA_WIDTH, CellGeometry.CAMERA_HEIGHT);
        } catch (final ProfileException e) {
            cell.close();
            throw e;
        }
        cell.start();
        final PlayedGame<CardTask> game = new PlayedGame<>(new CardTask(cell, trials, profile.cell().trialTimeoutNanos()), camera,
            3 * CellGeometry.CAMERA_WIDTH * CellGeometry.CAMERA_HEIGHT, rateHz, events, SystemNanoClock.INSTANCE);
        game.start();
        return game;
    }
}
