package dev.continuo.supervision.roles;

import dev.continuo.actors.agent.InstructionAgent;
import dev.continuo.actors.bus.Bus;
import org.agrona.concurrent.NanoClock;

/** The instruction in force, over restarts of the agent that publishes it. Used by any thread. */
final class InstructionDesk {
    private final Bus bus;
    private final NanoClock clock;
    private InstructionAgent agent;
    private String text;

    InstructionDesk(final Bus bus, final NanoClock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** A fresh agent that publishes what is in force. */
    synchronized InstructionAgent newAgent() {
        agent = new InstructionAgent(bus, clock);
        if (text != null) {
            agent.give(text);
        }
        return agent;
    }

    /** A new task begins: reasonings about what was seen before do not count for it. */
    synchronized void give(final String instruction) {
        text = instruction;
        if (agent != null) {
            agent.give(instruction);
        }
    }
}
