package dev.continuo.benchmarks.loop;

import dev.continuo.benchmarks.Percentiles;

/**
 * How the loops of both arms kept their time in one case.
 *
 * @param rateHz                control cycles per second of each arm
 * @param realTime              whether the loops' threads ran under SCHED_FIFO
 * @param scheduling            what came of asking for it
 * @param loadThreads           busy tensor threads beside them
 * @param seconds               measured time
 * @param ticks                 cycles of both arms
 * @param missed                cycles that began more than a period late
 * @param skipped               cycles that did not take place because the one before was later than that
 * @param missedShare           missed over ticks
 * @param allocatedBytesPerTick heap bytes that the loops' threads allocated
 * @param lateness              from a cycle's deadline to its begin
 * @param stateToCommand        from the motors' answer to the command that takes it into account
 * @param stops                 times that an arm gave up and stopped the other, because a motor was silent or its own loop stood still
 * @param commands              what was sent to the motors
 */
public record LoopFigures(
    int rateHz, boolean realTime, String scheduling, int loadThreads, double seconds, long ticks, long missed, long skipped,
    double missedShare, double allocatedBytesPerTick, Percentiles lateness, Percentiles stateToCommand, long stops, Commands commands) {

    /**
     * Commands of both arms.
     *
     * @param sent    to the motors
     * @param limited by the safety envelope
     * @param held    by it, because they could not be followed
     * @param starved cycles without a row to play
     */
    public record Commands(long sent, long limited, long held, long starved) {
    }
}
