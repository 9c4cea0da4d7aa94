package dev.continuo.hardware.safety;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The software emergency stop of one control process: a flag that anyone may set and that stays set.
 *
 * <p>Any thread may trigger it, without a lock; the control loop reads it every cycle, which costs one load. Resetting is a deliberate act of its own
 * and moves nothing: the arms stay disarmed until someone arms them.
 */
public final class EmergencyStop {
    private final AtomicReference<String> reason = new AtomicReference<>();
    private final AtomicLong triggers = new AtomicLong();

    /**
     * Triggers the stop. The first reason stays until {@link #reset}.
     *
     * @param why one line for the operator, not null
     */
    public void trigger(final String why) {
        Objects.requireNonNull(why, "an emergency stop has a reason");
        triggers.incrementAndGet(); // before: who sees it released again sees that it was triggered
        reason.compareAndSet(null, why);
        triggers.incrementAndGet(); // and behind: who looked in between and found it released looks at a count that has passed
    }

    /** Whether the arms must not move. */
    public boolean isTriggered() {
        return reason.get() != null;
    }

    /** Grows with every trigger: tells who did not look meanwhile that it was triggered and released again. */
    public long triggers() {
        return triggers.get();
    }

    /** Why it was triggered; null while it is not. */
    public String reason() {
        return reason.get();
    }

    /** Releases the stop. */
    public void reset() {
        reason.set(null);
    }
}
