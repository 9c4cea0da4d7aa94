package dev.continuo.actors.actor;

import com.sun.management.ThreadMXBean;
import dev.continuo.actors.agent.PeriodicRunner;
import dev.continuo.actors.agent.StageAgent;
import org.agrona.concurrent.NanoClock;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Runs each agent, and each intake, periodically on a thread of its own.
 */
public final class ThreadHost implements AgentHost {
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    private static final Runnable NOTHING = () -> { };

    private final NanoClock clock;
    private final ThreadStart onThread;
    private final Duration stopTimeout;

    /** What is done first on each agent's thread. */
    @FunctionalInterface
    public interface ThreadStart {
        /**
         * Makes the calling thread what the agent needs, a real-time one for example; must not throw.
         *
         * @return takes it back; called by another thread when this one is abandoned because its agent does not stop. Must not throw
         */
        Runnable begin(StageAgent agent);
    }

    /** A host of ordinary threads. */
    public ThreadHost(final NanoClock clock, final Duration stopTimeout) {
        this(clock, _ -> NOTHING, stopTimeout);
    }

    /**
     * A host.
     *
     * @param stopTimeout how long an agent may take to stop before its thread is abandoned
     */
    public ThreadHost(final NanoClock clock, final ThreadStart onThread, final Duration stopTimeout) {
        this.clock = clock;
        this.onThread = onThread;
        this.stopTimeout = stopTimeout;
    }

    @Override
    public Hosted start(final StageAgent agent, final Consumer<Throwable> onFailure) {
        final AtomicBoolean told = new AtomicBoolean();
        final Consumer<Throwable> tellOnce = failure -> {
            if (told.compareAndSet(false, true)) {
                onFailure.accept(failure);
            }
        };
        final Running intake = agent.intake() == null ? null : run(agent.intake(), tellOnce);
        return new Stage(run(agent, tellOnce), intake);
    }

    private Running run(final StageAgent agent, final Consumer<Throwable> onFailure) {
        final PeriodicRunner runner = new PeriodicRunner(
            agent, clock, this::sleepUntil, THREADS::getCurrentThreadAllocatedBytes, onFailure);
        final AtomicReference<Runnable> onAbandoned = new AtomicReference<>(NOTHING);
        final Thread thread = Thread.ofPlatform().daemon().name(agent.roleName()).unstarted(() -> {
            onAbandoned.set(onThread.begin(agent));
            runner.run();
        });
        thread.start();
        return new Running(runner, thread, onAbandoned);
    }

    private void sleepUntil(final long deadlineNanos) {
        long remainingNanos = deadlineNanos - clock.nanoTime();
        while (remainingNanos > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(remainingNanos);
            remainingNanos = deadlineNanos - clock.nanoTime();
        }
    }

    private boolean stop(final Running running) {
        running.runner.stop();
        try {
            if (!running.thread.join(stopTimeout)) {
                running.onAbandoned.get().run();
                running.thread.interrupt();
                return false;
            }
            return true;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private record Running(PeriodicRunner runner, Thread thread, AtomicReference<Runnable> onAbandoned) {
    }

    private final class Stage implements Hosted {
        private final Running agent;
        private final Running intake;

        private Stage(final Running agent, final Running intake) {
            this.agent = agent;
            this.intake = intake;
        }

        @Override
        public boolean stop() {
            final boolean agentStopped = ThreadHost.this.stop(agent);
            final boolean intakeStopped = intake == null || ThreadHost.this.stop(intake);
            return agentStopped && intakeStopped;
        }
    }
}
