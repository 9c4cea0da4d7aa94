package dev.continuo.actors.agent;

/** What an arm's agent can be told. Each is refused, and counted, where it does not apply. */
public enum ArmCommand {
    /** From damping: begin to hold the measured pose. */
    ARM,
    /** From a hold: move to the ready pose and hold there. */
    READY,
    /** From a hold: follow action chunks made from what is observed from now on. */
    PLAY,
    /** Decelerate and hold, whatever the arm was doing. */
    STOP,
    /** From a hold: move to the park pose and hold there. */
    PARK,
    /** Let go: damped, without stiffness. */
    RELEASE,
    /** After a fault: connect anew. The arm stays damped. */
    CLEAR_FAULT;

    /** Whether an arm that is told so stiffens or moves. */
    boolean moves() {
        return switch (this) {
            case ARM, READY, PLAY, PARK -> true;
            case STOP, RELEASE, CLEAR_FAULT -> false;
        };
    }
}
