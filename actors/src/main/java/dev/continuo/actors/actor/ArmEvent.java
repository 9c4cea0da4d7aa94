package dev.continuo.actors.actor;

import dev.continuo.actors.agent.ArmCommand;
import dev.continuo.actors.message.MotionMode;

/** What an arm's actor tells the guardian, unasked. */
public sealed interface ArmEvent extends Wire {

    /** The arm's name in the profile. */
    String arm();

    /**
     * The arm, its bus or its agent failed. The guardian must tell every arm to stop; the arms have begun to by themselves.
     *
     * @param reason one line that names the motor where there is one
     */
    record ArmFailed(String arm, String reason) implements ArmEvent {
    }

    /**
     * The arm cannot get to where it is to go, or can again.
     *
     * @param why as the end of a sentence about the arm; empty when nothing is in its way any more
     */
    record ArmBlocked(String arm, String why) implements ArmEvent {
    }

    /** The arm does something else than before. Changes that are quickly undone may go untold. */
    record ArmChanged(String arm, MotionMode mode) implements ArmEvent {
    }

    /**
     * The arm has arrived at the ready or park pose that it was told to go to, and holds.
     *
     * @param order what it was told
     */
    record ArmArrived(String arm, ArmCommand order) implements ArmEvent {
    }
}
