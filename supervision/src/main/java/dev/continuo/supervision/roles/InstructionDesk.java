package dev.continuo.supervision.roles;

import dev.continuo.actors.agent.InstructionAgent;
import dev.continuo.actors.bus.Bus;
import org.agrona.concurrent.NanoClock;

/** What the robot is asked to do, and what of it is in force, over restarts of the agent that publishes it. Used by any thread. */
final class InstructionDesk {
    private final Bus bus;
    private final NanoClock clock;
    private InstructionAgent agent;
    private String asked;
    private String given;
    private long givenAtNanos = Long.MAX_VALUE;

    /**
     * Nothing is in force yet.
     *
     * @param first what is asked until somebody asks for something else
     */
    InstructionDesk(final Bus bus, final NanoClock clock, final String first) {
        this.bus = bus;
        this.clock = clock;
        asked = first;
    }

    /** A fresh agent that publishes what is in force. */
    synchronized InstructionAgent newAgent() {
        agent = new InstructionAgent(bus, clock);
        if (given != null) {
            agent.give(given);
        }
        return agent;
    }

    /** Something else is asked; it is in force once it is given. */
    synchronized void ask(final String instruction) {
        asked = instruction;
    }

    /** What is asked. */
    synchronized String asked() {
        return asked;
    }

    /** A new task begins, with what is asked: reasonings about what was seen before do not count for it. */
    synchronized void give(final long nowNanos) {
        given = asked;
        givenAtNanos = nowNanos;
        if (agent != null) {
            agent.give(given);
        }
    }

    /** When the present task began; in no time before the first. */
    synchronized long givenAtNanos() {
        return givenAtNanos;
    }
}
