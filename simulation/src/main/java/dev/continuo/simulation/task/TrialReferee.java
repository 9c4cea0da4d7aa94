package dev.continuo.simulation.task;

import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Watches one trial until it is decided, and scores the first reasoning that is about it.
 *
 * <p>All times are of one clock, that of the caller, real or virtual. One thread.
 */
public final class TrialReferee {
    /** How long the answer must lie on the board. */
    public static final long SUCCESS_NANOS = 500_000_000L;
    /** How long a mistake that cannot be mended must last: a wrong card on the board, a card off the table. */
    public static final long SPOILT_NANOS = 2_000_000_000L;

    private final TrialSpec trial;
    private final long timeoutNanos;
    private final List<Seen> seen = new ArrayList<>();
    private long beginNanos = Long.MIN_VALUE;
    private final Lasting success = new Lasting(SUCCESS_NANOS);
    private final Lasting spoilt = new Lasting(SPOILT_NANOS);
    private Verdict verdict = Verdict.PLAYING;
    private String reasoning = "";
    private Judge.Scores scores = Judge.Scores.NONE;

    /** How a trial stands. */
    public enum Verdict {
        /** Not decided yet. */
        PLAYING,
        /** The answer lies on the board. */
        SUCCESS,
        /** A wrong card lies on the board, or a card cannot be reached any more. */
        SPOILT,
        /** Time is up. */
        TIMEOUT
    }

    /** Where the cards were from a time on. */
    private record Seen(long fromNanos, Place[] places) {
    }

    /** A referee of a trial whose time does not run before {@link #begin}. */
    public TrialReferee(final TrialSpec trial, final long timeoutNanos) {
        this.trial = trial;
        this.timeoutNanos = timeoutNanos;
    }

    /** What is played. */
    public TrialSpec trial() {
        return trial;
    }

    /** Lets the time run. */
    public void begin(final long nowNanos) {
        if (beginNanos == Long.MIN_VALUE) {
            beginNanos = nowNanos;
        }
    }

    /** Whether the time runs. */
    public boolean hasBegun() {
        return beginNanos != Long.MIN_VALUE;
    }

    /** Looks at the scene; a verdict once given stays. */
    public Verdict update(final SceneState state, final long nowNanos) {
        final Place[] places = Place.all(state);
        if (seen.isEmpty() || !Arrays.equals(seen.getLast().places(), places)) {
            seen.add(new Seen(nowNanos, places));
        }
        if (verdict != Verdict.PLAYING) {
            return verdict;
        }
        final boolean succeeded = success.look(Judge.success(trial, state), nowNanos);
        final boolean isLost = spoilt.look(isSpoilt(state), nowNanos);
        if (succeeded) {
            verdict = Verdict.SUCCESS;
        } else if (isLost) {
            verdict = Verdict.SPOILT;
        } else if (hasBegun() && nowNanos - beginNanos >= timeoutNanos) {
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
        if (!reasoning.isEmpty() || text.isEmpty() || seen.isEmpty() || aboutNanos < seen.getFirst().fromNanos()) {
            return;
        }
        Place[] places = seen.getFirst().places();
        for (final Seen later : seen) {
            if (later.fromNanos() <= aboutNanos) {
                places = later.places();
            }
        }
        reasoning = text;
        scores = Judge.score(trial, places, text);
    }

    /** The reasoning that was scored; empty when there was none. */
    public String reasoning() {
        return reasoning;
    }

    /** What the reasoning earned. */
    public Judge.Scores scores() {
        return scores;
    }

    private boolean isSpoilt(final SceneState state) {
        final int[] digits = trial.answerDigits();
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            if (state.cardHeld[card]) {
                continue;
            }
            final int digit = trial.cards().get(card);
            final boolean wanted = Arrays.stream(digits).anyMatch(d -> d == digit);
            if (state.card(card, 2) < 0 || !wanted && state.cardOverBoard(card)) {
                return true;
            }
        }
        return false;
    }
}
