package dev.continuo.benchmarks.franka;

import dev.continuo.benchmarks.Percentiles;
import org.HdrHistogram.Histogram;

/** What a client's loop is counted by, over all its rounds. For one thread. */
final class LoopRecord {
    private static final long LONGEST_NANOS = 10_000_000_000L;
    private static final int DIGITS = 3;

    private final Histogram stateToCommand = new Histogram(LONGEST_NANOS, DIGITS);
    private int rounds;
    private long cycles;
    private long lost;
    private long reflexes;
    private double successSum;
    private double lowest = 1;
    private long allocated;

    /**
     * One round as a client tells it.
     *
     * @param nanos durations from state to command
     */
    record Round(long lost, long reflexes, double successSum, double lowestSuccessRate, long allocatedBytes, int[] nanos) {
    }

    void add(final Round round) {
        rounds++;
        cycles += round.nanos.length;
        for (final int nanos : round.nanos) {
            stateToCommand.recordValue(Math.min(nanos, LONGEST_NANOS));
        }
        lost += round.lost;
        reflexes += round.reflexes;
        successSum += round.successSum;
        lowest = Math.min(lowest, round.lowestSuccessRate);
        allocated += round.allocatedBytes;
    }

    ClientFigures figures(final String client) {
        return new ClientFigures(client, rounds, cycles, lost, reflexes, cycles == 0 ? 0 : successSum / cycles, lowest,
            allocated < 0 ? -1 : allocated, Percentiles.of(stateToCommand));
    }
}
