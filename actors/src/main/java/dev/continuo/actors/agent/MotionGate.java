package dev.continuo.actors.agent;

import dev.continuo.hardware.safety.EmergencyStop;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the arms of a cell may move: one for all, read by each arm's agent in each cycle.
 *
 * <p>Any arm's fault closes it, so that all arms stop within a cycle of theirs, without waiting for any actor. So does the emergency stop, even if it is released
 * before anybody looks. It starts closed. Opening it moves nothing: each arm must then be told what to do.
 */
public final class MotionGate {
    private final EmergencyStop emergencyStop;
    private final AtomicLong closings = new AtomicLong();
    private volatile String reason = "not opened yet";
    private volatile long triggersWhenOpened;

    /** A closed gate, which the emergency stop overrides. */
    public MotionGate(final EmergencyStop emergencyStop) {
        this.emergencyStop = emergencyStop;
    }

    /** Whether the arms may move. */
    public boolean isOpen() {
        return reason == null && emergencyStop.triggers() == triggersWhenOpened && !emergencyStop.isTriggered();
    }

    /** Stops all arms. The first reason stays until the gate is opened. */
    public void close(final String why) {
        if (reason == null) {
            reason = why;
            closings.incrementAndGet();
        }
    }

    /**
     * Lets the arms move again when they are told to.
     *
     * @return false, and nothing happens, while the emergency stop is triggered
     */
    public boolean open() {
        final long triggers = emergencyStop.triggers(); // before the look: a trigger behind it keeps the gate closed
        if (emergencyStop.isTriggered()) {
            return false;
        }
        triggersWhenOpened = triggers;
        reason = null;
        return true;
    }

    /** Why the arms may not move; empty if they may. */
    public String reason() {
        final String closed = reason;
        final String emergency = emergencyStop.reason();
        if (emergency != null) {
            return emergency;
        }
        return closed != null ? closed : emergencyStop.triggers() == triggersWhenOpened ? "" : "the emergency stop was triggered";
    }

    /** How often the gate was closed. */
    public long closings() {
        return closings.get();
    }

    /** The stop that overrides the gate. */
    public EmergencyStop emergencyStop() {
        return emergencyStop;
    }
}
