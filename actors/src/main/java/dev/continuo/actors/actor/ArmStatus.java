package dev.continuo.actors.actor;

import dev.continuo.actors.message.MotionMode;

/**
 * How an arm is, as its actor answers.
 *
 * @param arm    the arm's name
 * @param mode   what it is doing
 * @param fault  why it failed; empty when all is well
 * @param health how its agent is
 */
public record ArmStatus(String arm, MotionMode mode, String fault, StageHealth health) implements Wire {
}
