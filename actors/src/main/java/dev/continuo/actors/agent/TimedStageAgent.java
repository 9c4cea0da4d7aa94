package dev.continuo.actors.agent;

import dev.continuo.actors.latency.Count;
import dev.continuo.actors.latency.LoopCounts;
import org.agrona.concurrent.NanoClock;

/** What stage agents have in common: a name, a clock, how often they are called, and when they were last alive. */
public abstract class TimedStageAgent implements StageAgent {
    /** The agent's clock. */
    protected final NanoClock clock;
    /** When the agent last made progress; the agent sets it. */
    protected final Count aliveAtNanos = new Count();

    private final String name;
    private final long periodNanos;
    private final LoopCounts loop;

    /**
     * An agent with counts of its own for its loop.
     *
     * @param name        of its stage, and of its thread
     * @param clock       the agent's clock
     * @param periodNanos how often it wants to be called
     */
    protected TimedStageAgent(final String name, final NanoClock clock, final long periodNanos) {
        this(name, clock, periodNanos, new LoopCounts());
    }

    /** An agent whose loop is counted by somebody else's counts. */
    TimedStageAgent(final String name, final NanoClock clock, final long periodNanos, final LoopCounts loop) {
        this.name = name;
        this.clock = clock;
        this.periodNanos = periodNanos;
        this.loop = loop;
    }

    @Override
    public final Count aliveAtNanos() {
        return aliveAtNanos;
    }

    @Override
    public final LoopCounts loop() {
        return loop;
    }

    @Override
    public final long periodNanos() {
        return periodNanos;
    }

    @Override
    public final String roleName() {
        return name;
    }
}
