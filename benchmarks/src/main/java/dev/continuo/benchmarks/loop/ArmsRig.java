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
import dev.continuo.hardware.kinematics.ChainDynamics;
import dev.continuo.hardware.linux.RealTime;
import dev.continuo.hardware.safety.EmergencyStop;
import dev.continuo.supervision.command.RunFailure;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * Both arms' control loops as the role {@code control} runs them: agents, driver, CAN sockets, each loop on a thread of its own.
 */
final class ArmsRig implements AutoCloseable {
    private static final int FIFO_PRIORITY = 80;
    private static final long TIMER_SLACK_NANOS = 1;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
    private static final Set<MotionMode> STANDING = EnumSet.of(MotionMode.DAMPING, MotionMode.HOLDING);
    private static final long PLAY_TIMEOUT_NANOS = 90_000_000_000L;
    private static final long URGE_NANOS = 200_000_000L;
    private static final long LOOK_MILLIS = 5;
    private static final long LONGEST_SLEEP_MILLIS = 100;

    private final MotionGate gate = new MotionGate(new EmergencyStop());
    private final AtomicReference<RealTime.Outcome> scheduling =
        new AtomicReference<>(new RealTime.Outcome(false, "ordinary scheduling"));
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<ArmAgent> agents = new ArrayList<>();
    private final List<AgentHost.Hosted> loops = new ArrayList<>();
    private long nextUrgeNanos = System.nanoTime();

    /**
     * Starts the loops.
     *
     * @param realTime whether their threads ask for SCHED_FIFO
     */
    ArmsRig(final Profile profile, final Bus bus, final boolean realTime) {
        final ThreadHost host = new ThreadHost(System::nanoTime, _ -> onThread(realTime), STOP_TIMEOUT);
        for (int i = 0; i < profile.arms().size(); i++) {
            final ArmProfile arm = profile.arms().get(i);
            final TransportProfile.LocalSocket socket = (TransportProfile.LocalSocket) arm.arx().transport();
            final ArxArm driver =
                new ArxArm(arm, new LocalSocketCanBus(socket.path()), new ChainDynamics(ArxChains.of(arm.model())));
            final ArmAgent agent = new ArmAgent(profile, i, driver, gate, new ArmTelemetry(arm.name()), bus, System::nanoTime);
            agents.add(agent);
            loops.add(host.start(agent, failure::set));
        }
    }

    private Runnable onThread(final boolean realTime) {
        RealTime.timerSlack(TIMER_SLACK_NANOS);
        if (realTime) {
            scheduling.set(RealTime.fifo(FIFO_PRIORITY));
        }
        return () -> { };
    }

    /** What came of asking for real-time scheduling. */
    RealTime.Outcome scheduling() {
        return scheduling.get();
    }

    /** Has both arms armed and playing the chunks that come, until they are warm. */
    void play() throws InterruptedException {
        final long beginNanos = System.nanoTime();
        while (!agents.stream().allMatch(agent -> agent.motionMode() == MotionMode.PLAYING && agent.loop().warmTicks.get() > 0)) {
            urge();
            Thread.sleep(LOOK_MILLIS);
            if (System.nanoTime() - beginNanos > PLAY_TIMEOUT_NANOS) {
                throw new RunFailure("the arms do not play after " + PLAY_TIMEOUT_NANOS / 1_000_000_000L + " s: " + describe());
            }
        }
    }

    /** Tells each arm, now and then, what brings it closer to playing; after a stop too, as the guardian of the service does. */
    private void urge() {
        if (failure.get() != null) {
            throw new RunFailure("a control loop failed: " + failure.get());
        }
        final long nowNanos = System.nanoTime();
        if (nowNanos - nextUrgeNanos < 0) {
            return;
        }
        nextUrgeNanos = nowNanos + URGE_NANOS;
        if (!gate.isOpen() && agents.stream().allMatch(agent -> STANDING.contains(agent.motionMode()))) {
            gate.open();
        }
        for (final ArmAgent agent : agents) {
            switch (agent.motionMode()) {
                case FAULT -> agent.proxy().tell(ArmCommand.CLEAR_FAULT);
                case DAMPING -> agent.proxy().tell(ArmCommand.ARM);
                case HOLDING -> agent.proxy().tell(ArmCommand.PLAY);
                case STOPPING -> agent.proxy().tell(ArmCommand.RELEASE);
                default -> {
                    // On its way.
                }
            }
        }
    }

    private String describe() {
        final StringBuilder text = new StringBuilder();
        agents.forEach(agent -> text.append(agent.roleName()).append(" is ").append(agent.motionMode()).append(' ').append(agent.fault())
            .append("; "));
        return text.append(gate.closings()).append(" stops, ").append(gate.reason()).toString();
    }

    /** Lets the loops run for a while, warms them up with a first part of it, and takes the figures of the rest. */
    LoopFigures measure(final LoopCase loop, final int rateHz) throws InterruptedException {
        playFor(loop.warmUpNanos());
        final LatencyLog warmUp = log();
        warmUp.collect();
        final LatencyLog log = log();
        final Totals before = totals();
        final long beginNanos = System.nanoTime();
        playFor(loop.nanos());
        final double seconds = (System.nanoTime() - beginNanos) * 1e-9;
        final Totals now = totals();
        final Map<Latency, Histogram> histograms = log.mergedTotals();
        final long ticks = now.ticks - before.ticks;
        final long warmTicks = now.warmTicks - before.warmTicks;
        return new LoopFigures(rateHz, scheduling().granted(), scheduling().text(), loop.loadThreads(), seconds, ticks,
            now.missed - before.missed, now.skipped - before.skipped, ticks == 0 ? 0 : (double) (now.missed - before.missed) / ticks,
            warmTicks == 0 ? 0 : (double) (now.allocated - before.allocated) / warmTicks,
            Percentiles.of(histograms.get(Latency.LOOP_LATENESS)), Percentiles.of(histograms.get(Latency.STATE_TO_COMMAND)),
            now.stops - before.stops,
            new LoopFigures.Commands(now.sent - before.sent, now.limited - before.limited, now.held - before.held,
                now.starved - before.starved));
    }

    private void playFor(final long nanos) throws InterruptedException {
        final long endNanos = System.nanoTime() + nanos;
        while (System.nanoTime() - endNanos < 0) {
            Thread.sleep(Math.clamp((endNanos - System.nanoTime()) / 1_000_000L, 1, LONGEST_SLEEP_MILLIS));
            urge();
        }
    }

    /** A log that takes what the loops record from now on; what was recorded before goes to whoever collected last. */
    private LatencyLog log() {
        final LatencyLog log = LatencyLog.inMemory();
        agents.forEach(agent -> log.add(agent.latencies()));
        return log;
    }

    private record Totals(long ticks, long missed, long skipped, long warmTicks, long allocated, long sent, long limited, long held,
                          long starved, long stops) {
    }

    private Totals totals() {
        return new Totals(loopSum(counts -> counts.ticks.get()), loopSum(counts -> counts.missed.get()),
            loopSum(counts -> counts.skipped.get()), loopSum(counts -> counts.warmTicks.get()),
            loopSum(counts -> counts.warmAllocatedBytes.get()), agentSum(agent -> agent.counts().sent.get()),
            agentSum(agent -> agent.counts().limited.get()), agentSum(agent -> agent.counts().held.get()),
            agentSum(agent -> agent.counts().starved.get()), gate.closings());
    }

    private long loopSum(final ToLongFunction<LoopCounts> count) {
        return agents.stream().mapToLong(agent -> count.applyAsLong(agent.loop())).sum();
    }

    private long agentSum(final ToLongFunction<ArmAgent> count) {
        return agents.stream().mapToLong(count).sum();
    }

    /** Whether this machine counts the bytes that a thread allocates. */
    static boolean countsAllocation() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads && threads.isThreadAllocatedMemoryEnabled();
    }

    @Override
    public void close() {
        agents.forEach(agent -> agent.proxy().tell(ArmCommand.STOP));
        loops.forEach(AgentHost.Hosted::stop);
    }
}
