package dev.continuo.actors.actor;

/**
 * How a stage is, as its actor answers.
 *
 * @param name           the stage's name
 * @param waiting        whether it runs but an input that it needs is missing or too old
 * @param restarts       times that its agent was started again
 * @param silentNanos    time since the agent last showed life
 * @param lastFailure    why it was last restarted, in one line; empty if it never was
 * @param abandoned      threads of hanging agents that could not be stopped; above zero the process should be restarted
 */
public record StageHealth(
    String name, boolean waiting, int restarts, long silentNanos, String lastFailure, int abandoned) implements Wire {
}
