package dev.continuo.actors.agent;

import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Hands commands from any thread to an arm's agent, which takes them at the start of its next cycle.
 *
 * <p>A stop does not depend on room in the queue: it is a flag of its own and is served first.
 */
public final class ArmAgentProxy {
    private static final int CAPACITY = 64;

    private final ManyToOneConcurrentArrayQueue<ArmCommand> commands = new ManyToOneConcurrentArrayQueue<>(CAPACITY);
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean stop;

    /**
     * Tells the agent something.
     *
     * @return false when the queue is full: the agent does not run
     */
    public boolean tell(final ArmCommand command) {
        if (command == ArmCommand.STOP) {
            stop = true;
            commands.offer(command); // marks what was asked for after it
            return true;
        }
        if (commands.offer(command)) {
            return true;
        }
        refused.incrementAndGet();
        return false;
    }

    /** Commands that found the queue full. */
    public long refused() {
        return refused.get();
    }

    /** Takes all commands; the agent's thread only. Motions asked for before a stop are forgotten. */
    int drain(final Consumer<ArmCommand> handler) {
        if (!stop) {
            return commands.drain(handler, CAPACITY);
        }
        stop = false;
        handler.accept(ArmCommand.STOP);
        boolean after = false;
        for (ArmCommand command = commands.poll(); command != null; command = commands.poll()) {
            if (command == ArmCommand.STOP) {
                after = true;
            } else if (after || !command.moves()) {
                handler.accept(command);
            }
        }
        return 1;
    }
}
