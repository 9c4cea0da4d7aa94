package dev.continuo.supervision.roles;

import dev.continuo.hardware.safety.EmergencyStop;
import dev.continuo.supervision.roles.TrialFlow.Wish;

/**
 * What the operator wants of the arms, as far as the emergency stop lets it be: each stop, however short, takes it back, and to release the stop is not to start the arms
 * (ISO 13850).
 *
 * <p>Used by one thread; the stop is triggered and released by any.
 */
final class OperatorWish {
    private final EmergencyStop emergencyStop;
    private Wish wish;
    private long triggersHeeded;
    private boolean stoppedSinceAsked;

    /**
     * Before anybody has said anything.
     *
     * @param autostart whether the arms are to play
     */
    OperatorWish(final EmergencyStop emergencyStop, final boolean autostart) {
        this.emergencyStop = emergencyStop;
        wish = autostart ? Wish.PLAY : Wish.STAY;
        triggersHeeded = emergencyStop.triggers();
    }

    /** What was wanted when {@link #wasStopped} or {@link #change} was called last. */
    Wish current() {
        return wish;
    }

    /**
     * Somebody wants something; nothing comes of it while the emergency stop is on.
     *
     * @return whether that is something else than before
     */
    boolean change(final Wish other) {
        heed();
        final boolean changes = wish != other && !emergencyStop.isTriggered();
        if (changes) {
            wish = other;
        }
        return changes;
    }

    /** Whether the emergency stop is on, or was since this was asked last: arms that have stopped are to be told, however short it was. */
    boolean wasStopped() {
        heed();
        final boolean sinceThen = stoppedSinceAsked;
        stoppedSinceAsked = false;
        return sinceThen || emergencyStop.isTriggered();
    }

    private void heed() {
        final long triggers = emergencyStop.triggers();
        if (triggers != triggersHeeded) {
            triggersHeeded = triggers;
            stoppedSinceAsked = true;
            wish = Wish.STAY;
        }
    }
}
