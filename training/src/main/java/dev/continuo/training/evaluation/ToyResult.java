package dev.continuo.training.evaluation;

import dev.continuo.simulation.toys.ToyTrial;

/**
 * How a trial of toy placement went.
 *
 * @param trial        what was played
 * @param reasoning    the first reasoning of the trial
 * @param objectScore  what it earned for recognising object and target, 0 to 1
 * @param spatialScore what it earned for naming the place, 0 or 1
 * @param success      whether the object stood where it was asked for
 * @param outcome      one line on where it was at the end
 * @param seconds      how long it took, in the cell's time
 * @param held         commands that the safety envelope turned into a hold
 */
record ToyResult(
    ToyTrial trial, String reasoning, double objectScore, int spatialScore, boolean success, String outcome, double seconds, long held) {
}
