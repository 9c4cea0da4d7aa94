package dev.continuo.simulation.toys;

import dev.continuo.simulation.task.Lasting;
import dev.continuo.simulation.task.TrialReferee.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Watches one trial of toy placement until it is decided, and scores the first reasoning that is about it.
 *
 * <p>All times are of one clock, that of the caller, real or virtual. One thread.
 */
public final class ToyReferee {
    /** How long the object must stand where it was asked for. */
    public static final long SUCCESS_NANOS = 500_000_000L;
    /** How long a mistake that cannot be mended must last: a thing off the table, or something else pushed away. */
    public static final long SPOILT_NANOS = 2_000_000_000L;

    private final ToyTrial trial;
    private final ToyCamera camera;
    private final long timeoutNanos;
    private final ToyScene begin = new ToyScene();
    private final List<Seen> seen = new ArrayList<>();
    private long beginNanos = Long.MIN_VALUE;
    private final Lasting success = new Lasting(SUCCESS_NANOS);
    private final Lasting spoilt = new Lasting(SPOILT_NANOS);
    private Verdict verdict = Verdict.PLAYING;
    private String reasoning = "";
    private double objectScore;
    private int spatialScore;

    /** How the things stood from a time on. */
    private record Seen(long fromNanos, ToyScene scene) {
    }

    /**
     * A referee of a trial whose time does not run before {@link #begin}.
     *
     * @param camera that the reasoning is about
     */
    public ToyReferee(final ToyTrial trial, final ToyCamera camera, final long timeoutNanos) {
        this.trial = trial;
        this.camera = camera;
        this.timeoutNanos = timeoutNanos;
    }

    /** What is played. */
    public ToyTrial trial() {
        return trial;
    }

    /** Lets the time run, from how the things stand now. */
    public void begin(final ToyScene scene, final long nowNanos) {
        if (!hasBegun()) {
            begin.copyFrom(scene);
            beginNanos = nowNanos;
        }
    }

    /** Whether the time runs. */
    public boolean hasBegun() {
        return beginNanos != Long.MIN_VALUE;
    }

    /** Looks at the scene; a verdict once given stays. */
    public Verdict update(final ToyScene scene, final long nowNanos) {
        if (reasoning.isEmpty() && (seen.isEmpty() || !seen.getLast().scene.standsLike(scene))) {
            final ToyScene copy = new ToyScene();
            copy.copyFrom(scene);
            seen.add(new Seen(nowNanos, copy));
        }
        if (verdict != Verdict.PLAYING || !hasBegun()) {
            return verdict;
        }
        final boolean succeeded = success.look(ToyJudge.success(trial, begin, scene), nowNanos);
        final boolean isLost = spoilt.look(ToyJudge.spoilt(begin, scene), nowNanos);
        if (succeeded) {
            verdict = Verdict.SUCCESS;
        } else if (isLost) {
            verdict = Verdict.SPOILT;
        } else if (nowNanos - beginNanos >= timeoutNanos) {
            verdict = Verdict.TIMEOUT;
        }
        return verdict;
    }

    /**
     * Takes in a finished reasoning; only the first one that is about this trial counts.
     *
     * @param aboutNanos when the frame that it is about was taken
     */
    public void reasoning(final String text, final long aboutNanos) {
        if (!reasoning.isEmpty() || text.isEmpty() || seen.isEmpty() || aboutNanos < seen.getFirst().fromNanos) {
            return;
        }
        ToyScene about = seen.getFirst().scene;
        for (final Seen later : seen) {
            about = later.fromNanos <= aboutNanos ? later.scene : about;
        }
        reasoning = text;
        final ToyReasoning said = ToyReasoning.parse(text);
        objectScore = said.objectScore(trial, about, camera);
        spatialScore = said.spatialScore(trial, about, camera);
        seen.clear();
    }

    /** The reasoning that was scored; empty when there was none. */
    public String reasoning() {
        return reasoning;
    }

    /** What it earned for recognising things, 0 to 1. */
    public double objectScore() {
        return objectScore;
    }

    /** What it earned for naming the place, 0 or 1. */
    public int spatialScore() {
        return spatialScore;
    }
}
