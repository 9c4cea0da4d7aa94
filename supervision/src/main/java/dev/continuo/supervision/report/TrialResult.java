package dev.continuo.supervision.report;

/**
 * One trial as it went.
 *
 * @param number      counts from 1
 * @param equation    what stood on the board
 * @param reasoning   the first finished reasoning of the trial; empty if there was none
 * @param ocr         points for reading, 0 to 4
 * @param mathematics points for the answer, 0 to 2
 * @param success     whether the right cards were placed
 * @param outcome     one line on what lay where at the end
 */
public record TrialResult(int number, String equation, String reasoning, int ocr, int mathematics, boolean success, String outcome) {
}
