package dev.continuo.proving.service;

import java.util.function.BooleanSupplier;

/** Plants a bug between the envelope and the driver. */
final class Saboteur {
    private static final int JUMP_EVERY = 10_001;
    private static final double JUMP_RADIANS = 0.02;
    /** A cycle of either arm; so slow that no limit is touched. */
    private static final double DRIFT_RADIANS = 1.2e-9;

    private final Sabotage bug;
    private final BooleanSupplier stopped;
    private final BooleanSupplier starved;
    private long commands;
    private double offset;

    /**
     * One for all arms of a service.
     *
     * @param stopped whether the emergency stop is on
     * @param starved whether there is nothing to play
     */
    Saboteur(final Sabotage bug, final BooleanSupplier stopped, final BooleanSupplier starved) {
        this.bug = bug;
        this.stopped = stopped;
        this.starved = starved;
    }

    /** Changes a command, if it is time to. */
    void spoil(final double[] position) {
        commands++;
        switch (bug) {
            case NONE -> { }
            case JUMP -> position[1] += commands % JUMP_EVERY == 0 ? JUMP_RADIANS : 0;
            case DEAF -> drift(stopped.getAsBoolean(), position);
            case BLIND -> drift(starved.getAsBoolean(), position);
        }
    }

    private void drift(final boolean on, final double[] position) {
        offset += on ? DRIFT_RADIANS : 0;
        position[0] += offset;
    }
}
