package dev.continuo.training.evaluation;

import dev.continuo.simulation.task.Judge;
import dev.continuo.simulation.task.TrialSpec;

/**
 * How a trial went.
 *
 * @param trial     what was played
 * @param reasoning the first reasoning of the trial
 * @param scores    what the reasoning earned
 * @param success   whether the right cards lay in their slots
 * @param outcome   one line on what lay where at the end
 * @param seconds   how long it took, in the cell's time
 * @param held      commands that the safety envelope turned into a hold
 */
record TrialResult(
    TrialSpec trial, String reasoning, Judge.Scores scores, boolean success, String outcome, double seconds, long held) {
}
