package dev.continuo.actors.actor;

import dev.continuo.config.RestartProfile;
import org.agrona.concurrent.NanoClock;

/**
 * Where the agents of a process run and how they are restarted.
 *
 * @param host    runs the agents
 * @param clock   their clock
 * @param restart how often, and after what wait, a failed agent is started again
 */
public record Hosting(AgentHost host, NanoClock clock, RestartProfile restart) {
}
