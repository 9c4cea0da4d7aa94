package dev.continuo.actors.agent;

import dev.continuo.hardware.Arm;
import dev.continuo.hardware.ArmState;

/**
 * An arm without motors that is at once where it is told to be: for warming the control loop up, and for tests.
 */
public final class MirrorArm implements Arm {
    private static final int ARMING_CYCLES = 20;

    private final String name;
    private final ArmState state;
    private Mode mode = Mode.CONNECTING;
    private String fault = "";
    private boolean silent;
    private int armingCycles;
    private long commands;
    private long damps;
    private boolean closed;

    /** An arm at the given position. */
    public MirrorArm(final String name, final double[] position) {
        this.name = name;
        state = new ArmState(position.length);
        System.arraycopy(position, 0, state.position, 0, position.length);
    }

    /** Fails from the next cycle on. */
    public void fail(final String why) {
        fault = why;
        mode = Mode.FAULT;
    }

    /** Stops or begins to measure. */
    public void silence(final boolean nowSilent) {
        silent = nowSilent;
    }

    /** Commands taken. */
    public long commands() {
        return commands;
    }

    /** Cycles of damping. */
    public long damps() {
        return damps;
    }

    /** Whether the arm was closed. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int axisCount() {
        return state.position.length;
    }

    @Override
    public int poll(final long nowNanos) {
        if (silent) {
            return 0;
        }
        if (mode == Mode.CONNECTING) {
            mode = Mode.DAMPING;
        }
        state.measuredAtNanos = nowNanos;
        return state.position.length;
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public ArmState state() {
        return state;
    }

    @Override
    public void arm(final long nowNanos) {
        if (mode == Mode.DAMPING) {
            mode = Mode.ARMING;
            armingCycles = 0;
        }
    }

    @Override
    public void command(final long nowNanos, final double[] position, final double[] velocity) {
        commands++;
        if (mode == Mode.ARMING && ++armingCycles >= ARMING_CYCLES) {
            mode = Mode.HOLDING;
        }
        if (mode == Mode.HOLDING) {
            System.arraycopy(position, 0, state.position, 0, position.length);
            System.arraycopy(velocity, 0, state.velocity, 0, velocity.length);
        }
    }

    @Override
    public void damp(final long nowNanos) {
        damps++;
        if (mode == Mode.ARMING || mode == Mode.HOLDING) {
            mode = Mode.DAMPING;
        }
    }

    @Override
    public void clearFault(final long nowNanos) {
        if (mode == Mode.FAULT) {
            mode = Mode.CONNECTING;
            fault = "";
        }
    }

    @Override
    public String fault() {
        return fault;
    }

    @Override
    public void close() {
        closed = true;
    }
}
