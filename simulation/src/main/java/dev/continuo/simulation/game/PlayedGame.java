package dev.continuo.simulation.game;

import dev.continuo.config.CellService;
import dev.continuo.config.TrialEvent;
import dev.continuo.simulation.camera.MjpegServer;
import dev.continuo.simulation.cell.CellServer;
import dev.continuo.simulation.cell.CellState;
import dev.continuo.simulation.render.Appearance;
import dev.continuo.simulation.render.SceneRenderer;
import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.Judge;
import dev.continuo.simulation.task.TrialReferee;
import dev.continuo.simulation.task.TrialReferee.Verdict;
import dev.continuo.simulation.task.TrialSpec;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;

/**
 * Plays trials in a running cell: a thread that, for each picture, looks at the cell, draws it, sends it, and lets the referee judge.
 *
 * <p>The time of the very first trial does not run before the arms move or the next trial is asked for: the service that plays may
 * still be starting.
 */
public final class PlayedGame implements CellService.Running {
    private static final double MOVED_RADIANS = 0.05;
    private static final long CLOSE_MILLIS = 2_000;

    private final CellServer cell;
    private final MjpegServer camera;
    private final TrialSequence trials;
    private final long periodNanos;
    private final long timeoutNanos;
    private final Consumer<TrialEvent> events;
    private final NanoClock clock;
    private final ConcurrentLinkedQueue<Reasoned> reasoned = new ConcurrentLinkedQueue<>();
    private final Thread thread = Thread.ofPlatform().name("math-matching").daemon().unstarted(this::run);

    private final SceneRenderer renderer = new SceneRenderer();
    private final byte[] rgb = new byte[renderer.byteCount()];
    private final CellState observed = new CellState();
    private final SceneState scene = new SceneState();
    private final double[] firstAxes = new double[CellState.AXES];

    private int number;
    private boolean ended;
    private TrialReferee referee;
    private Appearance appearance;
    /** What is laid out next, until the cell has done so. */
    private TrialReferee nextReferee;
    private Appearance nextAppearance;
    /** The cell's time at which the next scene was laid out; set in the cell's thread. */
    private volatile long laidOutAtNanos;
    private volatile boolean wanted;
    private volatile boolean closed;

    private record Reasoned(String text, long aboutNanos) {
    }

    PlayedGame(
        final CellServer cell, final MjpegServer camera, final TrialSequence trials, final int rateHz, final long timeoutNanos,
        final Consumer<TrialEvent> events, final NanoClock clock) {
        this.cell = cell;
        this.camera = camera;
        this.trials = trials;
        this.periodNanos = 1_000_000_000L / rateHz;
        this.timeoutNanos = timeoutNanos;
        this.events = events;
        this.clock = clock;
    }

    void start() {
        cell.snapshot(observed);
        System.arraycopy(observed.joints, 0, firstAxes, 0, firstAxes.length);
        prepareNext();
        thread.start();
    }

    /** The camera, to have faults injected. */
    public MjpegServer camera() {
        return camera;
    }

    /** The cell, to have faults injected. */
    public CellServer cell() {
        return cell;
    }

    @Override
    public void nextTrial() {
        wanted = true;
    }

    @Override
    public void reasoning(final String text, final long aboutNanos) {
        reasoned.add(new Reasoned(text, aboutNanos));
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        camera.close();
        cell.close();
    }

    private void run() {
        long due = clock.nanoTime();
        while (!closed) {
            playOnce();
            due = Math.max(due + periodNanos, clock.nanoTime() - periodNanos);
            while (!closed && clock.nanoTime() < due) {
                LockSupport.parkNanos(due - clock.nanoTime());
            }
        }
    }

    /** One picture's work. */
    private void playOnce() {
        cell.snapshot(observed);
        final long nowNanos = clock.nanoTime();
        Scenes.observe(observed, scene);
        if (nextReferee != null && observed.timeNanos > laidOutAtNanos) {
            beginNext(nowNanos);
        }
        if (referee != null) {
            renderer.render(scene, appearance, rgb);
            camera.publish(rgb, nowNanos);
            judge(nowNanos);
        }
        if (wanted && nextReferee == null) {
            wanted = false;
            if (ended) {
                prepareNext();
            } else {
                referee.begin(nowNanos);
            }
        }
    }

    private void prepareNext() {
        final TrialSpec trial = trials.next();
        laidOutAtNanos = Long.MAX_VALUE;
        nextAppearance = trial.appearance();
        nextReferee = new TrialReferee(trial, timeoutNanos);
        cell.submit(simulated -> {
            simulated.layOut(Scenes.layout(trial));
            laidOutAtNanos = simulated.timeNanos();
        });
    }

    private void beginNext(final long nowNanos) {
        referee = nextReferee;
        appearance = nextAppearance;
        nextReferee = null;
        ended = false;
        number++;
        if (number > 1) {
            referee.begin(nowNanos);
        }
        final TrialSpec trial = referee.trial();
        events.accept(
            new TrialEvent.Started(number, trial.equation().text(), trial.equation().answer(), trial.cards(), nowNanos));
    }

    private void judge(final long nowNanos) {
        if (!referee.hasBegun() && armsMoved()) {
            referee.begin(nowNanos);
        }
        final Verdict verdict = referee.update(scene, nowNanos);
        for (Reasoned told = reasoned.poll(); told != null; told = reasoned.poll()) {
            referee.reasoning(told.text(), told.aboutNanos());
        }
        if (verdict != Verdict.PLAYING && !ended) {
            ended = true;
            final String outcome = Judge.outcome(referee.trial(), scene);
            events.accept(new TrialEvent.Ended(
                number, verdict == Verdict.SUCCESS, verdict == Verdict.TIMEOUT ? outcome + "; time is up" : outcome,
                referee.reasoning(), referee.scores().ocr(), referee.scores().mathematics(), nowNanos));
        }
    }

    private boolean armsMoved() {
        for (int axis = 0; axis < firstAxes.length; axis++) {
            if (Math.abs(scene.axes[axis] - firstAxes[axis]) > MOVED_RADIANS) {
                return true;
            }
        }
        return false;
    }
}
