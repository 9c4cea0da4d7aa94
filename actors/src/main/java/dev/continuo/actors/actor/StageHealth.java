package dev.continuo.actors.actor;

import java.util.Map;

/**
 * How a stage is, as its actor answers.
 *
 * @param name           the stage's name
 * @param lack           what it needs from outside the service and does not get, as the end of a sentence about it; empty if nothing
 * @param counts         what it counted since it was last started, by name
 * @param restarts       times that its agent was started again
 * @param silentNanos    time since the agent last showed life
 * @param lastFailure    why it was last restarted, in one line; empty if it never was
 * @param abandoned      threads of hanging agents that could not be stopped; above zero the process should be restarted
 */
public record StageHealth(
    String name, String lack, Map<String, Long> counts, int restarts, long silentNanos, String lastFailure, int abandoned) implements Wire {
}
