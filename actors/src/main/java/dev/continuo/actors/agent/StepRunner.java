package dev.continuo.actors.agent;

import org.agrona.concurrent.Agent;

import java.util.ArrayList;
import java.util.List;

/**
 * Steps agents in one thread under a virtual clock: each at its period, and those due at the same time in the order in which they were
 * added. The same agents and the same seed give the same run.
 *
 * <p>An agent that fails is closed and left out; the failure is thrown to the caller.
 */
public final class StepRunner {
    private final VirtualClock clock;
    private final List<Entry> entries = new ArrayList<>();

    private static final class Entry {
        private final Agent agent;
        private final long periodNanos;
        private long dueNanos;

        private Entry(final Agent agent, final long periodNanos, final long dueNanos) {
            this.agent = agent;
            this.periodNanos = periodNanos;
            this.dueNanos = dueNanos;
        }
    }

    /** A runner that moves the given clock. */
    public StepRunner(final VirtualClock clock) {
        this.clock = clock;
    }

    /** Starts the stage, its intake before it, and steps both from now on. */
    public void add(final StageAgent stage) {
        if (stage.intake() != null) {
            add(stage.intake(), stage.intake().periodNanos());
        }
        add(stage, stage.periodNanos());
    }

    /** Starts an agent and steps it every {@code periodNanos} from now on. */
    public void add(final Agent agent, final long periodNanos) {
        agent.onStart();
        entries.add(new Entry(agent, periodNanos, clock.nanoTime()));
    }

    /** Closes a stage and its intake, and steps them no more. */
    public void remove(final StageAgent stage) {
        if (removeEntry(stage)) {
            stage.onClose();
        }
        if (stage.intake() != null && removeEntry(stage.intake())) {
            stage.intake().onClose();
        }
    }

    private boolean removeEntry(final Agent agent) {
        return entries.removeIf(entry -> entry.agent == agent);
    }

    /** Moves the clock to the next due time and steps what is due then. */
    public void step() {
        final long nextNanos = nextDueNanos();
        if (nextNanos == Long.MAX_VALUE) {
            throw new IllegalStateException("nothing to step");
        }
        clock.moveTo(Math.max(nextNanos, clock.nanoTime()));
        for (int i = 0; i < entries.size(); i++) {
            final Entry entry = entries.get(i);
            if (entry.dueNanos <= nextNanos) {
                entry.dueNanos += entry.periodNanos;
                work(entry);
            }
        }
    }

    private void work(final Entry entry) {
        try {
            entry.agent.doWork();
        } catch (final Exception e) {
            entries.remove(entry);
            entry.agent.onClose();
            throw new AgentFailure(entry.agent, e);
        }
    }

    /** Steps until the clock shows {@code untilNanos}. */
    public void runUntil(final long untilNanos) {
        while (nextDueNanos() <= untilNanos) {
            step();
        }
        clock.moveTo(untilNanos);
    }

    /** Steps for a while. */
    public void runFor(final long nanos) {
        runUntil(clock.nanoTime() + nanos);
    }

    private long nextDueNanos() {
        long nextNanos = Long.MAX_VALUE;
        for (int i = 0; i < entries.size(); i++) {
            nextNanos = Math.min(nextNanos, entries.get(i).dueNanos);
        }
        return nextNanos;
    }

    /** Closes all agents, the last added first. */
    public void close() {
        for (int i = entries.size() - 1; i >= 0; i--) {
            entries.get(i).agent.onClose();
        }
        entries.clear();
    }

    /** An agent that threw; its cause says what. */
    public static final class AgentFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Agent agent;

        private AgentFailure(final Agent agent, final Throwable cause) {
            super(agent.roleName() + " failed: " + cause, cause);
            this.agent = agent;
        }

        /** The agent that failed. */
        public Agent agent() {
            return agent;
        }
    }
}
