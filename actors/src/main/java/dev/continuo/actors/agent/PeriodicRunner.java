package dev.continuo.actors.agent;

import dev.continuo.actors.latency.Latency;
import dev.continuo.actors.latency.LatencyRecorder;
import dev.continuo.actors.latency.LoopCounts;
import org.agrona.concurrent.NanoClock;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Runs an agent at absolute times, one period apart, on the thread that calls {@link #run}; one whose robot clocks it, when the robot says so.
 *
 * <p>A tick that begins more than a period after its deadline is counted as missed; deadlines that have passed entirely are skipped,
 * not made up for. Where the robot clocks the loop a tick's deadline is one period after the tick before. The loop itself does not allocate, lock or log. The thread's scheduling class is the caller's affair.
 */
public final class PeriodicRunner implements Runnable {
    /** Ticks before allocation is counted: until then classes load and code is compiled. */
    public static final int WARM_UP_TICKS = 2_000;

    private final StageAgent agent;
    private final long periodNanos;
    private final NanoClock clock;
    private final Sleeper sleeper;
    private final LatencyRecorder latencies;
    private final LongSupplier allocatedBytes;
    private final Consumer<Throwable> onFailure;
    private final LoopCounts counts;
    private volatile boolean running = true;

    /**
     * A runner at the agent's own period, which records {@link Latency#LOOP_LATENESS} with the agent's other durations.
     *
     * @param allocatedBytes bytes that the calling thread has allocated so far; must not allocate itself
     * @param onFailure      told, on the runner's thread and after the agent was closed, of the exception that ended the run
     */
    public PeriodicRunner(
        final StageAgent agent, final NanoClock clock, final Sleeper sleeper, final LongSupplier allocatedBytes,
        final Consumer<Throwable> onFailure) {
        this.agent = agent;
        this.periodNanos = agent.periodNanos();
        this.clock = clock;
        this.sleeper = sleeper;
        this.latencies = agent.latencies();
        this.counts = agent.loop();
        this.allocatedBytes = allocatedBytes;
        this.onFailure = onFailure;
    }

    @Override
    public void run() {
        Throwable failure = null;
        try {
            agent.onStart();
            loop();
        } catch (final Throwable t) {
            failure = t;
        }
        try {
            agent.onClose();
        } catch (final Throwable t) {
            if (failure == null) {
                failure = t;
            } else {
                failure.addSuppressed(t);
            }
        }
        if (failure != null) {
            onFailure.accept(failure);
        }
    }

    private void loop() throws Exception {
        long deadlineNanos = clock.nanoTime() + periodNanos;
        long allocatedBefore = allocatedBytes.getAsLong();
        while (running) {
            final boolean clocked = agent.awaitTick(sleeper, deadlineNanos);
            final long wokenNanos = clock.nanoTime();
            if (!clocked && wokenNanos < deadlineNanos) {
                continue; // woken early, to look whether to go on
            }
            final long latenessNanos = Math.max(0, wokenNanos - deadlineNanos);
            latencies.record(Latency.LOOP_LATENESS, latenessNanos);
            counts.ticks.increment();
            if (latenessNanos > periodNanos) {
                counts.missed.increment();
            }
            agent.doWork();
            allocatedBefore = countAllocation(allocatedBefore);
            deadlineNanos = clocked ? wokenNanos + periodNanos : nextDeadline(deadlineNanos);
        }
    }

    private long countAllocation(final long allocatedBefore) {
        final long allocatedNow = allocatedBytes.getAsLong();
        if (counts.ticks.get() > WARM_UP_TICKS) {
            counts.warmTicks.increment();
            counts.warmAllocatedBytes.add(allocatedNow - allocatedBefore);
        }
        return allocatedNow;
    }

    private long nextDeadline(final long deadlineNanos) {
        final long behindNanos = clock.nanoTime() - deadlineNanos;
        final long periodsBehind = behindNanos / periodNanos;
        if (periodsBehind > 1) {
            counts.skipped.add(periodsBehind - 1);
            return deadlineNanos + periodsBehind * periodNanos;
        }
        return deadlineNanos + periodNanos;
    }

    /** Asks the loop to end after the present tick; it then closes the agent. Called by any thread. */
    public void stop() {
        running = false;
        agent.requestStop();
    }
}
