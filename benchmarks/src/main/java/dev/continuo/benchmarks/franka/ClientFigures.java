package dev.continuo.benchmarks.franka;

import dev.continuo.benchmarks.Percentiles;

/**
 * How a client kept up with the robot in one or more rounds.
 *
 * @param client              who
 * @param rounds              how many
 * @param cycles              states that were answered
 * @param lost                states that never came
 * @param reflexes            motions that the robot ended
 * @param successRate         mean over the cycles of the share of commands in time that the robot told, 0 to 1
 * @param lowestSuccessRate   the least that it told, after the first hundred cycles of a motion
 * @param allocatedBytes      heap bytes that the loop's thread allocated; -1 where there is no heap
 * @param stateToCommand      from the moment that the thread has been woken by a state to the moment that its command is sent
 */
public record ClientFigures(
    String client, int rounds, long cycles, long lost, long reflexes, double successRate, double lowestSuccessRate, long allocatedBytes,
    Percentiles stateToCommand) {
}
