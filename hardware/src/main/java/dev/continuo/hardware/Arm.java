package dev.continuo.hardware;

/**
 * One arm as its control loop sees it.
 *
 * <p>All calls come from one thread. Each control cycle is {@link #poll}, then exactly one of {@link #command}, {@link #damp}; no
 * call but {@link #await} blocks, allocates (after connecting) or reads a clock. The arm does not move before {@link Mode#HOLDING}, which is reached
 * only through {@link #arm(long)}.
 */
public interface Arm extends AutoCloseable {

    /** What the arm is doing. */
    enum Mode {
        /** No bus, or not every motor has answered yet. */
        CONNECTING,
        /** All motors answer; damped, without stiffness. */
        DAMPING,
        /** Stiffness rises while the measured pose is held. */
        ARMING,
        /** Follows the commands. */
        HOLDING,
        /** A motor or the bus failed; damped where possible until {@link #clearFault}. */
        FAULT
    }

    /** The arm's name in the profile. */
    String name();

    /** Number of axes, the gripper included. */
    int axisCount();

    /**
     * Whether the arm sends by itself what the next cycle has to answer, as a Franka does a thousand times a second: the cycle then begins when
     * {@link #await} says so, and not at a time of the loop's own.
     */
    default boolean clocksLoop() {
        return false;
    }

    /**
     * Waits until the arm has sent something, which {@link #poll} then takes in: the one call that blocks, for arms that clock the loop.
     *
     * @param timeoutNanos how long at most
     * @return whether something has come; false at once for other arms
     */
    default boolean await(final long timeoutNanos) {
        return false;
    }

    /**
     * Takes in what the motors have answered and advances connecting and arming.
     *
     * @return frames handled
     */
    int poll(long nowNanos);

    /** The present mode. */
    Mode mode();

    /** The newest measurement; the same object every time. */
    ArmState state();

    /**
     * Begins to hold the measured pose; ignored unless {@link Mode#DAMPING}. Stiffness rises with each following {@link #command},
     * whose values do not count before {@link Mode#HOLDING}; {@link #damp} gives arming up.
     */
    void arm(long nowNanos);

    /**
     * Commands one cycle. The values must have passed the safety envelope.
     *
     * @param position set-points per axis: radians, the gripper in metres
     * @param velocity feed-forward velocities per axis
     */
    void command(long nowNanos, double[] position, double[] velocity);

    /** Commands one cycle of damping: no stiffness, gravity torque fading out. Leaves {@link Mode#ARMING} and {@link Mode#HOLDING}. */
    void damp(long nowNanos);

    /** Tries to leave {@link Mode#FAULT}: clears the motors' errors and connects anew. */
    void clearFault(long nowNanos);

    /** Why the arm is in {@link Mode#FAULT} or not connected yet, naming the motor; empty when all is well. Allocates. */
    String fault();

    @Override
    void close();
}
