package dev.continuo.simulation.game;

import dev.continuo.config.TrialEvent;
import dev.continuo.simulation.cell.CellServer;
import dev.continuo.simulation.cell.CellState;
import dev.continuo.simulation.render.Appearance;
import dev.continuo.simulation.render.SceneRenderer;
import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.Judge;
import dev.continuo.simulation.task.MathMatching;
import dev.continuo.simulation.task.TrialReferee;
import dev.continuo.simulation.task.TrialReferee.Verdict;
import dev.continuo.simulation.task.TrialSpec;
import java.util.List;

/** Math matching in a running cell. */
public final class CardTask implements PlayedTask {
    private static final double MOVED_RADIANS = 0.05;

    private final CellServer cell;
    private final TrialSequence trials;
    private final long timeoutNanos;
    private final SceneRenderer renderer = new SceneRenderer();
    private final CellState observed = new CellState();
    private final SceneState scene = new SceneState();
    private final double[] firstAxes = new double[CellState.AXES];
    private TrialReferee referee;
    private Appearance appearance;
    private TrialReferee nextReferee;
    private Appearance nextAppearance;
    private Verdict verdict = Verdict.PLAYING;
    /** The cell's time at which the next scene was laid out; set in the cell's thread. */
    private volatile long laidOutAtNanos;

    CardTask(final CellServer cell, final TrialSequence trials, final long timeoutNanos) {
        this.cell = cell;
        this.trials = trials;
        this.timeoutNanos = timeoutNanos;
        cell.snapshot(observed);
        System.arraycopy(observed.joints, 0, firstAxes, 0, firstAxes.length);
    }

    /** The cell, to have faults injected. */
    public CellServer cell() {
        return cell;
    }

    @Override
    public String name() {
        return MathMatching.NAME;
    }

    @Override
    public void observe() {
        cell.snapshot(observed);
        Scenes.observe(observed, scene);
    }

    @Override
    public void layOutNext() {
        final TrialSpec trial = trials.next();
        laidOutAtNanos = Long.MAX_VALUE;
        nextAppearance = trial.appearance();
        nextReferee = new TrialReferee(trial, timeoutNanos);
        cell.submit(simulated -> {
            simulated.layOut(Scenes.layout(trial));
            laidOutAtNanos = simulated.timeNanos();
        });
    }

    @Override
    public boolean isLaidOut() {
        return observed.timeNanos > laidOutAtNanos;
    }

    @Override
    public String playNext() {
        referee = nextReferee;
        appearance = nextAppearance;
        verdict = Verdict.PLAYING;
        return referee.trial().equation().text();
    }

    @Override
    public void draw(final byte[] rgb) {
        renderer.render(scene, appearance, rgb);
    }

    @Override
    public boolean haveArmsMoved() {
        for (int axis = 0; axis < firstAxes.length; axis++) {
            if (Math.abs(scene.axes[axis] - firstAxes[axis]) > MOVED_RADIANS) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void begin(final long nowNanos) {
        referee.begin(nowNanos);
    }

    @Override
    public boolean isOver(final long nowNanos) {
        verdict = referee.update(scene, nowNanos);
        return verdict != Verdict.PLAYING;
    }

    @Override
    public void reasoning(final String text, final long aboutNanos) {
        referee.reasoning(text, aboutNanos);
    }

    @Override
    public TrialEvent.Ended ended(final int number, final long nowNanos) {
        final String outcome = Judge.outcome(referee.trial(), scene);
        return new TrialEvent.Ended(number, verdict == Verdict.SUCCESS, verdict == Verdict.TIMEOUT ? outcome + "; time is up" : outcome, referee.reasoning(),
            List.of(new TrialEvent.Score("OCR", referee.scores().ocr(), Judge.MOST_OCR),
                new TrialEvent.Score("mathematics", referee.scores().mathematics(), Judge.MOST_MATHEMATICS)), nowNanos);
    }

    @Override
    public boolean instruction(final String text) {
        return false; // the board asks
    }

    @Override
    public void close() {
        cell.close();
    }
}
