package dev.continuo.supervision.roles;

import java.util.Collection;

/**
 * Decides when the arms take up their ready pose, play, stop and park. Looked at periodically with how things stand, so that a lost message or
 * a restarted process needs no case of its own.
 *
 * <p>Pure: no clock, no actor. Used by one thread.
 */
final class TrialFlow {

    /** How an arm stands. */
    enum ArmStand {
        /** Not connected, faulty, or on its way to be restarted. */
        ABSENT,
        /** Connected and damped: it has let go, or was never armed. */
        LIMP,
        /** Holds still, not yet told to move. */
        IDLE,
        /** Arming, or on its way to the ready pose. */
        READYING,
        /** Holds the ready pose. */
        READY,
        /** Plays chunks, or holds because there are none. */
        PLAYING
    }

    /** What the operator wants of the arms. */
    enum Wish {
        /** They play. */
        PLAY,
        /** They move to their park pose and let go. */
        PARK,
        /** They stay as they are. */
        STAY
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
        STOPPED,
        /** The arms move to their park pose, and let go there. */
        PARKING,
        /** The arms have let go at their park pose, until they are wanted to play. */
        PARKED,
        /** The arms stay as they are, until they are wanted to play or to park. */
        IDLE
    }

    /** What the arms or the cell are to be told now. */
    enum Order {
        /** Nothing. */
        NONE,
        /** Arms: arm, and move to the ready pose. */
        READY_ARMS,
        /** Arms: stop and hold. */
        STOP_ARMS,
        /** Arms: move to the park pose, and let go there. */
        PARK_ARMS,
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
     * @param stopped   whether the emergency stop is on, or was since the last look
     * @param wish      what the operator wants
     * @param cellThere whether the cell is there; true without a simulated one
     * @param trialOn   whether a trial is being played; true without a simulated cell
     */
    Order step(final Collection<ArmStand> arms, final boolean stopped, final Wish wish, final boolean cellThere, final boolean trialOn) {
        if (stopped) {
            return stopIn(Phase.STOPPED);
        }
        if (!cellThere || arms.contains(ArmStand.ABSENT)) {
            return stopIn(Phase.WAITING); // an arm or the cell is gone: the other arms stop until it is back
        }
        return switch (wish) {
            case PLAY -> play(arms, trialOn);
            case PARK -> park(arms);
            case STAY -> stopIn(Phase.IDLE);
        };
    }

    /** Arms that may be in motion stop, once. */
    private Order stopIn(final Phase next) {
        final boolean moving = switch (phase) {
            case READYING, READY, PLAYING, PARKING -> true;
            case WAITING, PARKED, IDLE -> next == Phase.STOPPED;
            case STOPPED -> false;
        };
        phase = next;
        return moving ? Order.STOP_ARMS : Order.NONE;
    }

    private Order park(final Collection<ArmStand> arms) {
        final boolean parked = arms.stream().allMatch(ArmStand.LIMP::equals);
        phase = parked ? Phase.PARKED : Phase.PARKING;
        return parked ? Order.NONE : Order.PARK_ARMS;
    }

    private Order play(final Collection<ArmStand> arms, final boolean trialOn) {
        return switch (phase) {
            case WAITING, STOPPED, PARKING, PARKED, IDLE -> {
                phase = Phase.READYING;
                yield Order.READY_ARMS;
            }
            case READYING -> readying(arms);
            case READY -> ready(arms, trialOn);
            case PLAYING -> playing(arms, trialOn);
        };
    }

    private Order readying(final Collection<ArmStand> arms) {
        if (arms.stream().allMatch(ArmStand.READY::equals)) {
            phase = Phase.READY;
            return Order.NONE;
        }
        return isAnyLeftBehind(arms) ? Order.READY_ARMS : Order.NONE;
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
        if (!trialOn || isAnyLeftBehind(arms)) {
            phase = Phase.READYING;
            return Order.READY_ARMS;
        }
        return Order.NONE;
    }

    private static boolean isAnyLeftBehind(final Collection<ArmStand> arms) {
        return arms.contains(ArmStand.IDLE) || arms.contains(ArmStand.LIMP);
    }
}
