package dev.continuo.benchmarks.loop;

import com.sun.management.ThreadMXBean;
import dev.continuo.actors.actor.AgentHost;
import dev.continuo.actors.actor.ThreadHost;
import dev.continuo.actors.agent.ArmAgent;
import dev.continuo.actors.agent.ArmCommand;
import dev.continuo.actors.agent.ArmTelemetry;
import dev.continuo.actors.agent.MotionGate;
import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.latency.Latency;
import dev.continuo.actors.latency.LatencyLog;
import dev.continuo.actors.latency.LoopCounts;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.benchmarks.Percentiles;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.TransportProfile;
import dev.continuo.hardware.arx.ArxArm;
import dev.continuo.hardware.can.LocalSocketCanBus;
import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ArxDynamics;
import dev.continuo.hardware.linux.RealTime;
import dev.continuo.hardware.safety.EmergencyStop;
import dev.continuo.supervision.command.RunFailure;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * Both arms' control loops as the role {@code control} runs them: agents, driver, CAN sockets, each loop on a thread of its own.
 */
final class ArmsRig implements AutoCloseable {
    private static final int FIFO_PRIORITY = 80;
    private static final long TIMER_SLACK_NANOS = 1;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
    private static final long STEP_TIMEOUT_NANOS = 30_000_000_000L;
    private static final long TELL_AGAIN_NANOS = 2_000_000_000L;
    private static final long LOOK_MILLIS = 5;

    private final MotionGate gate = new MotionGate(new EmergencyStop());
    private final AtomicReference<RealTime.Outcome> scheduling =
        new AtomicReference<>(new RealTime.Outcome(false, "ordinary scheduling"));
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<ArmAgent> agents = new ArrayList<>();
    private final List<AgentHost.Hosted> loops = new ArrayList<>();

    /**
     * Starts the loops.
     *
     * @param realTime whether their threads ask for SCHED_FIFO
     */
    ArmsRig(final Profile profile, final Bus bus, final boolean realTime) {
        final ThreadHost host = new ThreadHost(System::nanoTime, _ -> onThread(realTime), STOP_TIMEOUT);
        for (int i = 0; i < profile.arms().size(); i++) {
            final ArmProfile arm = profile.arms().get(i);
            final TransportProfile.LocalSocket socket = (TransportProfile.LocalSocket) arm.transport();
            final ArxArm driver =
                new ArxArm(arm, new LocalSocketCanBus(socket.path()), new ArxDynamics(ArxChains.of(arm.model())));
            final ArmAgent agent = new ArmAgent(profile, i, driver, gate, new ArmTelemetry(arm.name()), bus, System::nanoTime);
            agents.add(agent);
            loops.add(host.start(agent, failure::set));
        }
    }

    private void onThread(final boolean realTime) {
        RealTime.timerSlack(TIMER_SLACK_NANOS);
        if (realTime) {
            scheduling.set(RealTime.fifo(FIFO_PRIORITY));
        }
    }

    /** What came of asking for real-time scheduling. */
    RealTime.Outcome scheduling() {
        return scheduling.get();
    }

    /** Has both arms armed, made ready, and playing the chunks that come. */
    void play() {
        await("is not connected", null, agent -> agent.motionMode() == MotionMode.DAMPING);
        gate.open();
        await("is not armed", ArmCommand.ARM, agent -> agent.motionMode() == MotionMode.HOLDING);
        await("has not reached its ready pose", ArmCommand.READY, agent -> agent.counts().arrivals.get() > 0);
        await("does not play", ArmCommand.PLAY, agent -> agent.motionMode() == MotionMode.PLAYING);
        await("is not warm", null, agent -> agent.loop().warmTicks.get() > 0);
    }

    /** Lets the loops run for a while and takes the figures of that while. */
    LoopFigures measure(final LoopCase loop, final int rateHz) throws InterruptedException {
        final LatencyLog warmUp = log();
        warmUp.collect();
        final LatencyLog log = log();
        final Totals before = totals();
        final long beginNanos = System.nanoTime();
        final long endNanos = beginNanos + loop.nanos();
        while (System.nanoTime() - endNanos < 0) {
            Thread.sleep(Math.clamp((endNanos - System.nanoTime()) / 1_000_000L, 1, 100));
            requireRunning();
        }
        final double seconds = (System.nanoTime() - beginNanos) * 1e-9;
        final Totals now = totals();
        final Map<Latency, Histogram> histograms = log.mergedTotals();
        final long ticks = now.ticks - before.ticks;
        final long warmTicks = now.warmTicks - before.warmTicks;
        return new LoopFigures(rateHz, scheduling().granted(), scheduling().text(), loop.loadThreads(), seconds, ticks,
            now.missed - before.missed, now.skipped - before.skipped, ticks == 0 ? 0 : (double) (now.missed - before.missed) / ticks,
            warmTicks == 0 ? 0 : (double) (now.allocated - before.allocated) / warmTicks,
            Percentiles.of(histograms.get(Latency.LOOP_LATENESS)), Percentiles.of(histograms.get(Latency.STATE_TO_COMMAND)),
            new LoopFigures.Commands(now.sent - before.sent, now.limited - before.limited, now.held - before.held,
                now.starved - before.starved));
    }

    /** A log that takes what the loops record from now on; what was recorded before goes to whoever collected last. */
    private LatencyLog log() {
        final LatencyLog log = LatencyLog.inMemory();
        agents.forEach(agent -> log.add(agent.latencies()));
        return log;
    }

    private record Totals(long ticks, long missed, long skipped, long warmTicks, long allocated, long sent, long limited, long held,
                          long starved) {
    }

    private Totals totals() {
        return new Totals(loopSum(counts -> counts.ticks.get()), loopSum(counts -> counts.missed.get()),
            loopSum(counts -> counts.skipped.get()), loopSum(counts -> counts.warmTicks.get()),
            loopSum(counts -> counts.warmAllocatedBytes.get()), agentSum(agent -> agent.counts().sent.get()),
            agentSum(agent -> agent.counts().limited.get()), agentSum(agent -> agent.counts().held.get()),
            agentSum(agent -> agent.counts().starved.get()));
    }

    private long loopSum(final ToLongFunction<LoopCounts> count) {
        return agents.stream().mapToLong(agent -> count.applyAsLong(agent.loop())).sum();
    }

    private long agentSum(final ToLongFunction<ArmAgent> count) {
        return agents.stream().mapToLong(count).sum();
    }

    private void tell(final ArmCommand command) {
        agents.forEach(agent -> agent.proxy().tell(command));
    }

    /** Waits for all arms, telling each that is not there yet a command now and then: one that comes too early is refused. */
    private void await(final String otherwise, final ArmCommand command, final Predicate<ArmAgent> condition) {
        final long beginNanos = System.nanoTime();
        long nextTellNanos = beginNanos;
        for (final ArmAgent agent : agents) {
            while (!condition.test(agent)) {
                requireRunning();
                final long nowNanos = System.nanoTime();
                if (command != null && nowNanos - nextTellNanos >= 0) {
                    agents.stream().filter(condition.negate()).forEach(late -> late.proxy().tell(command));
                    nextTellNanos = nowNanos + TELL_AGAIN_NANOS;
                }
                if (nowNanos - beginNanos > STEP_TIMEOUT_NANOS) {
                    throw new RunFailure(agent.roleName() + " " + otherwise + " after " + STEP_TIMEOUT_NANOS / 1_000_000_000L + " s: it is "
                        + agent.motionMode() + ", " + agent.counts().refusedCommands + " commands refused, "
                        + agent.counts().staleState + " stale measurements");
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted");
        }
    }

    private void requireRunning() {
        if (failure.get() != null) {
            throw new RunFailure("a control loop failed: " + failure.get());
        }
        for (final ArmAgent agent : agents) {
            if (agent.motionMode() == MotionMode.FAULT) {
                throw new RunFailure(agent.roleName() + " failed: " + agent.fault());
            }
        }
    }

    /** Whether this machine counts the bytes that a thread allocates. */
    static boolean countsAllocation() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads && threads.isThreadAllocatedMemoryEnabled();
    }

    @Override
    public void close() {
        tell(ArmCommand.STOP);
        loops.forEach(AgentHost.Hosted::stop);
    }
}
