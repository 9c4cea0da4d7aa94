package dev.continuo.simulation.franka;

/** Which share of the last hundred commands came in time. For one thread. */
final class SuccessRate {
    private static final int COMMANDS = 100;

    private final boolean[] inTime = new boolean[COMMANDS];
    private int next;
    private int right;

    /** Begins a motion: none came yet. */
    void clear() {
        java.util.Arrays.fill(inTime, false);
        right = 0;
    }

    /** Counts one millisecond. */
    void count(final boolean came) {
        right += (came ? 1 : 0) - (inTime[next] ? 1 : 0);
        inTime[next] = came;
        next = (next + 1) % COMMANDS;
    }

    /** The share, 0 to 1. */
    double share() {
        return (double) right / COMMANDS;
    }
}
