package dev.continuo.simulation.toys.cell;

import dev.continuo.config.TrialEvent;
import dev.continuo.simulation.franka.FciLoop;
import dev.continuo.simulation.franka.FciServer;
import dev.continuo.simulation.franka.HandServer;
import dev.continuo.simulation.game.PlayedTask;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.task.TrialReferee.Verdict;
import dev.continuo.simulation.toys.ToyAppearance;
import dev.continuo.simulation.toys.ToyInstruction;
import dev.continuo.simulation.toys.ToyJudge;
import dev.continuo.simulation.toys.ToyPlacement;
import dev.continuo.simulation.toys.ToyReferee;
import dev.continuo.simulation.toys.ToyRenderer;
import dev.continuo.simulation.toys.ToyScene;
import dev.continuo.simulation.toys.ToyTable;
import dev.continuo.simulation.toys.ToyTrial;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Toy placement in real time: the robot lives at its own pace on a thread of its own, in which the things move too. The table is laid out anew for each trial of the instruction in force.
 */
public final class ToyTask implements PlayedTask {
    private static final double MOVED_RADIANS = 0.05;

    private final Split split;
    private final long timeoutNanos;
    private final ToyCell cell;
    private final FciLoop loop;
    private final ConcurrentLinkedQueue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final ToyScene published = new ToyScene();
    private final ToyScene scene = new ToyScene();
    private final ToyRenderer renderer = new ToyRenderer();
    private final double[] firstAxes;
    private volatile ToyInstruction instruction;
    private long seed;
    private ToyReferee referee;
    private ToyAppearance appearance;
    private ToyReferee nextReferee;
    private ToyAppearance nextAppearance;
    private Verdict verdict = Verdict.PLAYING;
    /** The cell's time at which the next scene was laid out; set in the robot's thread. */
    private volatile long laidOutAtNanos;

    /**
     * Begins to live.
     *
     * @param cell  whose arm and hand the servers serve; all three are closed with this
     * @param first what is asked for first
     * @param seed  of the scenes
     */
    ToyTask(final ToyCell cell, final FciServer robot, final HandServer hand, final ToyInstruction first, final Split split, final long seed, final long timeoutNanos) {
        this.cell = cell;
        this.split = split;
        this.seed = seed;
        this.timeoutNanos = timeoutNanos;
        instruction = first;
        cell.observe(published);
        firstAxes = published.axes.clone();
        loop = new FciLoop(robot, hand, this::tick);
    }

    /** In the robot's thread. */
    private void tick() {
        for (Runnable task = work.poll(); task != null; task = work.poll()) {
            task.run();
        }
        cell.step();
        synchronized (published) {
            cell.observe(published);
        }
    }

    @Override
    public String name() {
        return ToyPlacement.NAME;
    }

    @Override
    public void observe() {
        synchronized (published) {
            scene.copyFrom(published);
        }
    }

    @Override
    public void layOutNext() {
        final ToyTrial trial = ToyTrial.draw(instruction, split, seed++);
        laidOutAtNanos = Long.MAX_VALUE;
        nextAppearance = ToyAppearance.of(trial);
        nextReferee = new ToyReferee(trial, nextAppearance.camera(), timeoutNanos);
        work.add(() -> {
            cell.layOut(trial);
            laidOutAtNanos = cell.timeNanos();
        });
    }

    @Override
    public boolean isLaidOut() {
        return scene.timeNanos > laidOutAtNanos;
    }

    @Override
    public String playNext() {
        referee = nextReferee;
        appearance = nextAppearance;
        verdict = Verdict.PLAYING;
        return referee.trial().instruction().text();
    }

    @Override
    public void draw(final byte[] rgb) {
        renderer.render(referee.trial(), scene, appearance, rgb);
    }

    @Override
    public boolean haveArmsMoved() {
        for (int joint = 0; joint < ToyTable.READY.size(); joint++) {
            if (Math.abs(scene.axes[joint] - firstAxes[joint]) > MOVED_RADIANS) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void begin(final long nowNanos) {
        referee.begin(scene, nowNanos);
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
        final String outcome = ToyJudge.outcome(referee.trial(), scene);
        return new TrialEvent.Ended(number, verdict == Verdict.SUCCESS, verdict == Verdict.TIMEOUT ? outcome + "; time is up" : outcome, referee.reasoning(),
            List.of(new TrialEvent.Score("object", referee.objectScore(), 1), new TrialEvent.Score("space", referee.spatialScore(), 1)), nowNanos);
    }

    @Override
    public boolean instruction(final String text) {
        final ToyInstruction asked = ToyInstruction.of(text);
        final boolean other = !asked.equals(instruction);
        instruction = asked;
        return other;
    }

    @Override
    public void close() {
        loop.close();
        cell.close();
    }
}
