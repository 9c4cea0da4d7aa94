package dev.continuo.config;

import java.util.List;

/** What a cell tells about the trials that are played in it. Times are nanoseconds of the cell's clock. */
public sealed interface TrialEvent {

    /**
     * A scene is laid out and the trial begins.
     *
     * @param number  counts from 1
     * @param asked   what is asked for, for example {@code 4+8}
     * @param atNanos when
     */
    record Started(int number, String asked, long atNanos) implements TrialEvent {
    }

    /**
     * The trial is over without a verdict: something else was asked for.
     *
     * @param number  the trial's number
     * @param atNanos when
     */
    record GivenUp(int number, long atNanos) implements TrialEvent {
    }

    /**
     * What a reasoning earned for one thing.
     *
     * @param name   of the thing, a word or two
     * @param points 0 to {@code most}
     * @param most   at most so many
     */
    record Score(String name, double points, double most) {
    }

    /**
     * The trial is over.
     *
     * @param number    the trial's number
     * @param success   whether everything is where it was asked for, and nothing else was spoilt
     * @param outcome   one line on what is where
     * @param reasoning the first finished reasoning of the trial; empty if there was none
     * @param scores    what that earned, the same things for every trial of a task
     * @param atNanos   when
     */
    record Ended(int number, boolean success, String outcome, String reasoning, List<Score> scores, long atNanos) implements TrialEvent {
        /** Copies the scores. */
        public Ended {
            scores = List.copyOf(scores);
        }
    }
}
