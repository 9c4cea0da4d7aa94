package dev.continuo.proving.service;

import dev.continuo.actors.actor.AgentHost;
import dev.continuo.actors.agent.StageAgent;
import dev.continuo.proving.time.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A process with an agent on each of its threads, on a timeline. It can stand still, end at any moment, or have agents that hang or throw; then it does what threads and processes do: a hanging agent
 * that was given up comes back later for the rest of its step, and of a process that has ended nothing is closed.
 */
final class SimulatedProcess implements AgentHost {
    private final Timeline timeline;
    private final SplittableRandom random;
    private final List<Running> agents = new ArrayList<>();
    private final Map<String, Long> hangUntilNanos = new HashMap<>();
    private final Map<String, String> toThrow = new HashMap<>();
    private long pausedUntilNanos = Long.MIN_VALUE;
    private long jitterNanos;
    private boolean alive = true;

    SimulatedProcess(final Timeline timeline, final long seed) {
        this.timeline = timeline;
        random = new SplittableRandom(seed);
    }

    boolean isAlive() {
        return alive;
    }

    /** From now on nothing of it happens any more. */
    void end() {
        alive = false;
        agents.clear();
    }

    /** It stands still until then. */
    void pauseUntil(final long untilNanos) {
        pausedUntilNanos = Math.max(pausedUntilNanos, untilNanos);
    }

    /** Each step comes late by up to so much. */
    void jitter(final long nanos) {
        jitterNanos = nanos;
    }

    /** An agent does not return from its next step before then. */
    void hangUntil(final String agent, final long untilNanos) {
        hangUntilNanos.merge(agent, untilNanos, Math::max);
    }

    /** An agent throws at its next step. */
    void throwOnce(final String agent, final String why) {
        toThrow.put(agent, why);
    }

    @Override
    public Hosted start(final StageAgent agent, final Consumer<Throwable> onFailure) {
        final boolean[] told = new boolean[1];
        final Consumer<Throwable> tellOnce = failure -> {
            if (!told[0]) {
                told[0] = true;
                onFailure.accept(failure);
            }
        };
        final Running intake = agent.intake() == null ? null : new Running(agent.intake(), tellOnce);
        final Running running = new Running(agent, tellOnce);
        if (intake != null) {
            intake.begin();
        }
        running.begin();
        return () -> running.stop() & (intake == null || intake.stop());
    }

    private boolean isHanging(final String agent) {
        return hangUntilNanos.getOrDefault(agent, Long.MIN_VALUE) > timeline.clock().nanoTime();
    }

    /** An agent on a thread. */
    private final class Running {
        private final StageAgent agent;
        private final Consumer<Throwable> onFailure;
        private long dueNanos;
        private boolean over;

        private Running(final StageAgent agent, final Consumer<Throwable> onFailure) {
            this.agent = agent;
            this.onFailure = onFailure;
        }

        private void begin() {
            agents.add(this);
            dueNanos = timeline.clock().nanoTime();
            timeline.at(dueNanos, () -> {
                if (alive && !over) {
                    guarded(agent::onStart);
                    step();
                }
            });
        }

        private void step() {
            if (!alive || over) {
                return;
            }
            final long nowNanos = timeline.clock().nanoTime();
            final long awakeNanos = Math.max(pausedUntilNanos, hangUntilNanos.getOrDefault(agent.roleName(), Long.MIN_VALUE));
            if (awakeNanos > nowNanos) {
                timeline.at(awakeNanos, this::step);
                return;
            }
            final String why = toThrow.remove(agent.roleName());
            if (why == null) {
                guarded(agent::doWork);
            } else {
                guarded(() -> {
                    throw new IllegalStateException(why);
                });
            }
            if (!over) {
                planNext(timeline.clock().nanoTime());
            }
        }

        /** Deadlines that have passed are skipped, as the real loop does. */
        private void planNext(final long nowNanos) {
            final long period = agent.periodNanos();
            dueNanos += period * Math.max(1, (nowNanos - dueNanos) / period);
            timeline.at(dueNanos + (jitterNanos == 0 ? 0 : random.nextLong(jitterNanos)), this::step);
        }

        private void guarded(final Work work) {
            try {
                work.run();
            } catch (final Exception failure) {
                over = true;
                close();
                onFailure.accept(failure);
            }
        }

        private void close() {
            agents.remove(this);
            try {
                agent.onClose();
            } catch (final RuntimeException e) {
                onFailure.accept(e);
            }
        }

        /** Whether it could be stopped; else it is left behind, and finishes its step when it wakes up. */
        private boolean stop() {
            if (over || !alive) {
                return true;
            }
            over = true;
            agent.requestStop();
            if (isHanging(agent.roleName())) {
                final long wakesNanos = hangUntilNanos.get(agent.roleName());
                timeline.at(wakesNanos, () -> {
                    if (alive) {
                        finishLate();
                    }
                });
                return false;
            }
            close();
            return true;
        }

        private void finishLate() {
            try {
                agent.doWork();
            } catch (final Exception late) {
                onFailure.accept(late);
            }
            close();
        }
    }

    /** What may throw anything. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }
}
