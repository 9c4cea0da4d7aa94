package dev.continuo.proving.service;

import java.util.function.BooleanSupplier;

/** Plants a bug between the envelope and the driver. */
final class Saboteur {
    private static final int JUMP_EVERY = 20_000;
    private static final double JUMP_RADIANS = 0.02;
    private static final double DRIFT_RADIANS = 1e-5;

    private final Sabotage bug;
    private final BooleanSupplier stopped;
    private final BooleanSupplier starved;
    private long commands;

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
            case DEAF -> position[0] += stopped.getAsBoolean() ? drift() : 0;
            case BLIND -> position[0] += starved.getAsBoolean() ? drift() : 0;
        }
    }

    private double drift() {
        return DRIFT_RADIANS * Math.sin(commands * 1e-2);
    }
}
