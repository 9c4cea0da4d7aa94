package dev.continuo.hardware.safety;

/**
 * The software emergency stop of one control process: a flag that anyone may set and that stays set.
 *
 * <p>Any thread may trigger it; the control loop reads it every cycle, which costs one load. Resetting is a deliberate act of its own
 * and moves nothing: the arms stay disarmed until someone arms them.
 */
public final class EmergencyStop {
    private volatile String reason;

    /**
     * Triggers the stop. The first reason stays until {@link #reset}.
     *
     * @param why one line for the operator, not null
     */
    public void trigger(final String why) {
        if (why == null) {
            throw new NullPointerException("an emergency stop has a reason");
        }
        synchronized (this) {
            if (reason == null) {
                reason = why;
            }
        }
    }

    /** Whether the arms must not move. */
    public boolean isTriggered() {
        return reason != null;
    }

    /** Why it was triggered; null while it is not. */
    public String reason() {
        return reason;
    }

    /** Releases the stop. */
    public synchronized void reset() {
        reason = null;
    }
}
