package dev.continuo.supervision.report;

import dev.continuo.config.TrialEvent;
import java.util.List;

/**
 * One trial as it went.
 *
 * @param number    counts from 1
 * @param asked     what was asked for
 * @param reasoning the first finished reasoning of the trial; empty if there was none
 * @param scores    what that earned
 * @param success   whether everything was where it was asked for
 * @param outcome   one line on what was where at the end
 */
public record TrialResult(int number, String asked, String reasoning, List<TrialEvent.Score> scores, boolean success, String outcome) {
}
