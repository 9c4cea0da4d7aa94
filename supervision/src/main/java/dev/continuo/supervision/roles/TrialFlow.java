package dev.continuo.supervision.roles;

import java.util.Collection;

/**
 * Decides when the arms take up their ready pose, play and stop. Looked at periodically with how things stand, so that a lost message or
 * a restarted process needs no case of its own.
 *
 * <p>Pure: no clock, no actor. Used by one thread.
 */
final class TrialFlow {

    /** How an arm stands. */
    enum ArmStand {
        /** Not connected, faulty, or on its way to be restarted. */
        ABSENT,
        /** Connected and without motion, not yet told to move. */
        IDLE,
        /** Arming, or on its way to the ready pose. */
        READYING,
        /** Holds the ready pose. */
        READY,
        /** Plays chunks, or holds because there are none. */
        PLAYING
    }

    /** What is going on. */
    enum Phase {
        /** Arms or the cell are not there yet, or not any more. */
        WAITING,
        /** The arms move to their ready pose. */
        READYING,
        /** The arms stand ready; the next scene is being laid out. */
        READY,
        /** The arms play chunks. */
        PLAYING,
        /** Stopped for good by an emergency stop. */
        STOPPED
    }

    /** What the arms or the cell are to be told now. */
    enum Order {
        /** Nothing. */
        NONE,
        /** Arms: arm, and move to the ready pose. */
        READY_ARMS,
        /** Arms: stop and hold. */
        STOP_ARMS,
        /** Cell: lay out the next scene. */
        NEXT_SCENE,
        /** Stages: a new task begins; arms: play. */
        PLAY
    }

    private Phase phase = Phase.WAITING;

    /** What is going on. */
    Phase phase() {
        return phase;
    }

    /**
     * Looks at how things stand.
     *
     * @param arms      how each arm stands
     * @param stopped   whether the emergency stop is on
     * @param cellThere whether the cell is there; true without a simulated one
     * @param trialOn   whether a trial is being played; true without a simulated cell
     */
    Order step(final Collection<ArmStand> arms, final boolean stopped, final boolean cellThere, final boolean trialOn) {
        if (stopped) {
            return stop();
        }
        if (!cellThere || arms.contains(ArmStand.ABSENT)) {
            return lose();
        }
        return switch (phase) {
            case WAITING, STOPPED -> {
                phase = Phase.READYING;
                yield Order.READY_ARMS;
            }
            case READYING -> readying(arms);
            case READY -> ready(arms, trialOn);
            case PLAYING -> playing(arms, trialOn);
        };
    }

    private Order stop() {
        final boolean first = phase != Phase.STOPPED;
        phase = Phase.STOPPED;
        return first ? Order.STOP_ARMS : Order.NONE;
    }

    /** An arm or the cell is gone: the other arms stop until it is back. */
    private Order lose() {
        final boolean moving = phase == Phase.PLAYING || phase == Phase.READYING || phase == Phase.READY;
        phase = Phase.WAITING;
        return moving ? Order.STOP_ARMS : Order.NONE;
    }

    private Order readying(final Collection<ArmStand> arms) {
        if (arms.stream().allMatch(ArmStand.READY::equals)) {
            phase = Phase.READY;
            return Order.NONE;
        }
        return arms.contains(ArmStand.IDLE) ? Order.READY_ARMS : Order.NONE;
    }

    private Order ready(final Collection<ArmStand> arms, final boolean trialOn) {
        if (!arms.stream().allMatch(ArmStand.READY::equals)) {
            phase = Phase.READYING;
            return Order.READY_ARMS;
        }
        if (!trialOn) {
            return Order.NEXT_SCENE;
        }
        phase = Phase.PLAYING;
        return Order.PLAY;
    }

    private Order playing(final Collection<ArmStand> arms, final boolean trialOn) {
        if (!trialOn || arms.contains(ArmStand.IDLE)) {
            phase = Phase.READYING;
            return Order.READY_ARMS;
        }
        return Order.NONE;
    }
}
