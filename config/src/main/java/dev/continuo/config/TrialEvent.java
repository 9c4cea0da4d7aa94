package dev.continuo.config;

import java.util.List;

/** What a cell tells about the trials that are played in it. Times are nanoseconds of the cell's clock. */
public sealed interface TrialEvent {

    /**
     * A scene is laid out and the trial begins.
     *
     * @param number   counts from 1
     * @param equation what stands on the board, for example {@code 4+8}
     * @param answer   the number that the cards must spell
     * @param cards    the card values from left to right as the robot sees them
     * @param atNanos  when
     */
    record Started(int number, String equation, int answer, List<Integer> cards, long atNanos) implements TrialEvent {
    }

    /**
     * The trial is over.
     *
     * @param number      the trial's number
     * @param success     whether the right cards lie in the answer slots, in order, and nothing else does
     * @param outcome     one line on what lies where
     * @param reasoning   the first finished reasoning of the trial; empty if there was none
     * @param ocr         points for reading, 0 to 4
     * @param mathematics points for the answer, 0 to 2
     * @param atNanos     when
     */
    record Ended(int number, boolean success, String outcome, String reasoning, int ocr, int mathematics, long atNanos)
        implements TrialEvent {
    }
}
