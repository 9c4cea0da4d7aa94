package dev.continuo.actors.actor;

import dev.continuo.actors.agent.ActionAgent;
import dev.continuo.actors.agent.ArmAgent;
import dev.continuo.actors.agent.ArmCommand;
import dev.continuo.actors.agent.ArmTelemetry;
import dev.continuo.actors.agent.CameraAgent;
import dev.continuo.actors.agent.EchoAgent;
import dev.continuo.actors.agent.FakeModels.FakeCamera;
import dev.continuo.actors.agent.FakeModels.FakePolicy;
import dev.continuo.actors.agent.FakeModels.FakeReasoner;
import dev.continuo.actors.agent.InstructionAgent;
import dev.continuo.actors.agent.MirrorArm;
import dev.continuo.actors.agent.MonitorAgent;
import dev.continuo.actors.agent.MotionGate;
import dev.continuo.actors.agent.PeriodicRunner;
import dev.continuo.actors.agent.ReasoningAgent;
import dev.continuo.actors.agent.StageAgent;
import dev.continuo.actors.agent.TestProfile;
import dev.continuo.actors.agent.WarmUp;
import dev.continuo.actors.bus.AeronBus;
import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.BusSubscription;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.latency.Latency;
import dev.continuo.actors.latency.LatencyLog;
import dev.continuo.actors.latency.LatencySummary;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.config.BusProfile;
import dev.continuo.config.Profile;
import dev.continuo.hardware.safety.EmergencyStop;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** All stages on threads of their own over Aeron, with models and arms of the test. */
final class ThreadedRuntimeTest {
    private static final NanoClock CLOCK = SystemNanoClock.INSTANCE;
    private static final long MILLISECOND = 1_000_000L;

    private final Profile profile = TestProfile.profile();
    private final ThreadHost host = new ThreadHost(CLOCK, Duration.ofSeconds(2));
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<AgentHost.Hosted> running = new ArrayList<>();
    private Bus bus;

    @BeforeEach
    void launch() throws IOException {
        final Path shared = Path.of("/dev/shm");
        final Path folder = Files.isWritable(shared) ? Files.createTempDirectory(shared, "continuo-runtime-test-")
            : Files.createTempDirectory("continuo-runtime-test-");
        bus = AeronBus.launch(new BusProfile(folder, "aeron:ipc", 8 * 1024 * 1024), failure::set);
    }

    @AfterEach
    void close() {
        running.reversed().forEach(hosted -> assertTrue(hosted.stop(), "an agent hangs"));
        bus.close();
        assertNull(failure.get());
    }

    @Test
    void armsPlayWhileReasoningIsSlowAndTheirLoopsAllocateNothing() {
        WarmUp.run(profile, 5_000);
        final FakeReasoner reasoner = new FakeReasoner();
        reasoner.onToken = () -> LockSupport.parkNanos(100 * MILLISECOND);
        final FakePolicy policy = new FakePolicy();
        policy.onChunk = () -> LockSupport.parkNanos(50 * MILLISECOND);
        final MotionGate gate = new MotionGate(new EmergencyStop());
        final List<ArmAgent> arms = new ArrayList<>();
        final LatencyLog log = LatencyLog.inMemory();
        for (int arm = 0; arm < 2; arm++) {
            final String name = profile.arms().get(arm).name();
            final MirrorArm mirror = new MirrorArm(name, TestProfile.READY.toArray());
            arms.add(start(new ArmAgent(profile, arm, mirror, gate, new ArmTelemetry(name), bus, CLOCK)));
        }
        final InstructionAgent instruction = start(new InstructionAgent(bus, CLOCK));
        start(new CameraAgent(profile.cameras().get(0), 0, new FakeCamera(CLOCK), bus, CLOCK));
        final ReasoningAgent reasoning = start(new ReasoningAgent(
            reasoner, profile.cameras(), new ReasoningAgent.Settings(500 * MILLISECOND, 0), bus, CLOCK));
        final ActionAgent action = start(new ActionAgent(
            policy, profile, new ActionAgent.Settings(200 * MILLISECOND, 0, reasoning::inFlight), bus, CLOCK));
        final MonitorAgent monitor = start(new MonitorAgent(bus, CLOCK));
        arms.forEach(arm -> log.add(arm.latencies()));
        log.add(monitor.latencies());

        instruction.give("Pick 3.");
        gate.open();
        until(() -> arms.stream().allMatch(arm -> arm.motionMode() == MotionMode.DAMPING));
        arms.forEach(arm -> arm.proxy().tell(ArmCommand.ARM));
        until(() -> arms.stream().allMatch(arm -> arm.motionMode() == MotionMode.HOLDING));
        arms.forEach(arm -> arm.proxy().tell(ArmCommand.PLAY));
        until(() -> arms.stream().allMatch(arm -> arm.loop().warmTicks.get() > 250));

        for (final ArmAgent arm : arms) {
            assertTrue(arm.counts().chunksAccepted.get() >= 2, "chunks: " + arm.counts().chunksAccepted);
            assertEquals(0, arm.counts().held.get());
            assertEquals(0.0, arm.loop().allocatedBytesPerTick(), "bytes a tick");
        }
        assertTrue(reasoning.finished().get() >= 1);
        assertEquals(0, action.lateWhileReasoning().get(), "chunks late while reasoning");
        final Map<Latency, LatencySummary> totals = log.totals();
        assertEquals(1_000 * MILLISECOND, totals.get(Latency.REASONING_TOTAL).p50(), 300 * MILLISECOND);
        assertTrue(totals.get(Latency.CHUNK_INFERENCE).p50() < 200 * MILLISECOND);
        assertTrue(totals.get(Latency.STATE_TO_COMMAND).count() > PeriodicRunner.WARM_UP_TICKS);
    }

    @Test
    void echoSendsBackWhatItIsSent() {
        final EchoAgent echo = start(new EchoAgent(bus, CLOCK));
        final BusSubscription replies = bus.subscription(StreamId.ECHO_REPLY);
        final BusPublication requests = bus.publication(StreamId.ECHO_REQUEST);
        until(() -> requests.isConnected() && replies.isConnected());
        final UnsafeBuffer message = new UnsafeBuffer(new byte[320 * 240 * 3]);
        message.setMemory(0, message.capacity(), (byte)7);
        requests.offer(message, 0, 64);
        requests.offer(message, 0, message.capacity());
        final List<Integer> lengths = new ArrayList<>();
        until(() -> {
            replies.poll((buffer, offset, length) -> {
                lengths.add(length);
                assertEquals(7, buffer.getByte(offset + length - 1));
            }, 100);
            return lengths.size() == 2;
        });
        assertEquals(List.of(64, message.capacity()), lengths);
        assertEquals(2, echo.echoed().get());
        replies.close();
    }

    private <A extends StageAgent> A start(final A agent) {
        running.add(host.start(agent, failure::set));
        return agent;
    }

    private static void until(final BooleanSupplier condition) {
        final long deadline = System.nanoTime() + 30_000 * MILLISECOND;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 30 s");
            LockSupport.parkNanos(MILLISECOND);
        }
    }
}
