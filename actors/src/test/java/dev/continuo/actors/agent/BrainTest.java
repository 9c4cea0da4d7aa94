package dev.continuo.actors.agent;

import dev.continuo.actors.agent.FakeModels.FakeCamera;
import dev.continuo.actors.agent.FakeModels.FakePolicy;
import dev.continuo.actors.agent.FakeModels.FakeReasoner;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.BusSubscription;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.latency.Latency;
import dev.continuo.actors.latency.LatencyLog;
import dev.continuo.actors.message.ActionChunkDecoder;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.Messages;
import dev.continuo.actors.message.ReasoningDecoder;
import dev.continuo.config.Profile;
import dev.continuo.policy.playback.ActionChunk;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static dev.continuo.actors.agent.TestProfile.MILLISECOND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Camera, reasoning and action together, in one thread under a virtual clock. */
final class BrainTest {
    private static final long REASONING_NANOS = 300 * MILLISECOND;
    private static final long CHUNK_NANOS = 60 * MILLISECOND;

    private final Profile profile = TestProfile.profile();
    private final VirtualClock clock = new VirtualClock(1_000_000_000L);
    private final MemoryBus bus = new MemoryBus(4096);
    private final StepRunner steps = new StepRunner(clock);
    private final FakeCamera camera = new FakeCamera(clock);
    private final FakeReasoner reasoner = new FakeReasoner();
    private final FakePolicy policy = new FakePolicy();
    private final InstructionAgent instruction = new InstructionAgent(bus, clock);
    private final CameraAgent cameraAgent = new CameraAgent(profile.cameras().get(0), 0, camera, bus, clock);
    private final ReasoningAgent reasoning = new ReasoningAgent(
        reasoner, profile.cameras(), new ReasoningAgent.Settings(500 * MILLISECOND, REASONING_NANOS), bus, clock);
    private final ActionAgent action = new ActionAgent(
        policy, profile, new ActionAgent.Settings(50 * MILLISECOND, CHUNK_NANOS, reasoning::inFlight), bus, clock);
    private final MonitorAgent monitor = new MonitorAgent(bus, clock);
    private final States states = new States();
    private final BusSubscription chunks = bus.subscription(StreamId.ACTION_CHUNK);
    private final BusSubscription reasonings = bus.subscription(StreamId.REASONING);
    private final BusSubscription progress = bus.subscription(StreamId.REASONING_PROGRESS);

    BrainTest() {
        steps.add(instruction);
        steps.add(cameraAgent);
        steps.add(states, 2 * MILLISECOND);
        steps.add(reasoning);
        steps.add(action);
        steps.add(monitor);
    }

    @Test
    void chunksComeInTheRhythmOfTheHorizonFromNewestInputs() {
        instruction.give("Pick 3.");
        steps.runFor(5_000 * MILLISECOND);
        final List<long[]> seen = drainChunks();
        assertTrue(seen.size() >= 9, "chunks in 5 s: " + seen.size());
        for (int i = 1; i < seen.size(); i++) {
            final long[] chunk = seen.get(i);
            assertEquals(500, (chunk[1] - seen.get(i - 1)[1]) / MILLISECOND, 3, "published one horizon after the one before");
            assertEquals(CHUNK_NANOS, chunk[2], 2 * MILLISECOND, "inference time");
            assertTrue(chunk[1] - chunk[0] <= CHUNK_NANOS + 60 * MILLISECOND, "from a picture at most one period old");
            assertTrue(chunk[3] <= chunk[0], "from a reasoning that may be old");
        }
        assertEquals("Pick 3.: ", policy.reasoning.substring(0, 9));
        assertEquals(0, action.late().get());
        assertEquals(0, action.lateWhileReasoning().get());
        assertEquals(20, cameraAgent.published().get() / 5.0, 1, "pictures a second");
    }

    @Test
    void reasoningsAreAPeriodApartAndStreamTheirText() {
        instruction.give("Pick 3.");
        steps.runFor(3_100 * MILLISECOND);
        final List<String> finished = drainReasonings(reasonings);
        assertEquals(6, finished.size(), 1);
        assertEquals(finished.size(), reasoning.finished().get());
        final List<String> streamed = drainReasonings(progress);
        assertTrue(streamed.contains("word0 "), streamed.toString());
        assertTrue(streamed.containsAll(finished));
        final LatencyLog log = LatencyLog.inMemory();
        log.add(monitor.latencies());
        assertEquals(REASONING_NANOS, log.totals().get(Latency.REASONING_TOTAL).p50(), MILLISECOND * 10.0);
        assertEquals(CHUNK_NANOS, log.totals().get(Latency.CHUNK_INFERENCE).p50(), MILLISECOND * 5.0);
        assertTrue(log.totals().get(Latency.FRAME_SKEW).count() >= finished.size());
        assertTrue(log.totals().get(Latency.FRAME_SKEW).max() < MILLISECOND, "there is one camera");
    }

    @Test
    void aPolicyThatIsToldNoReasoningDoesNotWaitForOne() {
        final FakePolicy own = new FakePolicy();
        final StepRunner brain = new StepRunner(clock);
        brain.add(instruction);
        brain.add(cameraAgent);
        brain.add(states, 2 * MILLISECOND);
        brain.add(new ActionAgent(own, TestProfile.withoutReasoning(), new ActionAgent.Settings(50 * MILLISECOND, CHUNK_NANOS, reasoning::inFlight), bus, clock));
        instruction.give("Pick 3.");
        brain.runFor(1_700 * MILLISECOND);
        final List<long[]> seen = drainChunks();
        assertTrue(seen.size() >= 3, "chunks in 1.7 s: " + seen.size());
        assertTrue(seen.stream().allMatch(chunk -> chunk[3] == ActionChunk.NO_REASONING && chunk[4] == 0), "none of them tells of a reasoning");
        assertEquals("", own.reasoning);
        assertEquals(ActionChunkDecoder.reasoningObservedAtNanosNullValue(), ActionChunk.NO_REASONING);
    }

    @Test
    void newInstructionCancelsReasoningAndStopsChunksUntilItIsReasonedAbout() {
        instruction.give("Pick 3.");
        steps.runFor(1_700 * MILLISECOND);
        drainChunks();
        instruction.give("Pick 4.");
        final long givenAt = clock.nanoTime();
        steps.runFor(2_000 * MILLISECOND);
        for (final long[] chunk : drainChunks()) {
            // One chunk may have been under way.
            assertTrue(chunk[3] >= givenAt || chunk[1] <= givenAt + CHUNK_NANOS, "conditioned on a reasoning about the new task");
        }
        assertTrue(policy.reasoning.startsWith("Pick 4."));
        assertTrue(action.inputs().staleReasoning().get() > 0);
    }

    @Test
    void frozenCameraStopsReasoningAndChunksAndBothComeBack() {
        instruction.give("Pick 3.");
        steps.runFor(2_000 * MILLISECOND);
        camera.frozen = true;
        steps.runFor(1_000 * MILLISECOND);
        drainChunks();
        final long reasonedBefore = reasoning.finished().get();
        steps.runFor(2_000 * MILLISECOND);
        assertEquals(0, drainChunks().size());
        assertEquals(reasonedBefore, reasoning.finished().get());
        assertTrue(action.inputs().staleFrame().get() > 0);
        assertEquals("gives no new picture", cameraAgent.lack());
        camera.frozen = false;
        steps.runFor(2_000 * MILLISECOND);
        assertEquals("", cameraAgent.lack());
        assertTrue(cameraAgent.tally().get("received") > 20, cameraAgent.tally()::toString);
        assertTrue(drainChunks().size() >= 3);
    }

    @Test
    void silentArmStopsChunks() {
        instruction.give("Pick 3.");
        steps.runFor(2_000 * MILLISECOND);
        states.silent = true;
        steps.runFor(200 * MILLISECOND);
        drainChunks();
        steps.runFor(2_000 * MILLISECOND);
        assertEquals(0, drainChunks().size());
        assertTrue(action.inputs().staleState().get() > 0);
    }

    @Test
    void unusableChunkIsNotSentAndTriedAgain() {
        instruction.give("Pick 3.");
        policy.usable = false;
        steps.runFor(2_000 * MILLISECOND);
        assertEquals(0, drainChunks().size());
        assertTrue(action.unusable().get() > 10);
        policy.usable = true;
        steps.runFor(1_000 * MILLISECOND);
        assertTrue(drainChunks().size() >= 1);
    }

    @Test
    void nothingIsReasonedWithoutInstruction() {
        steps.runFor(2_000 * MILLISECOND);
        assertTrue(reasoner.instructions.isEmpty());
        assertEquals(0, policy.chunks);
        assertTrue(action.inputs().noInstruction().get() > 0);
    }

    @Test
    void sameStepsGiveTheSameRun() {
        instruction.give("Pick 3.");
        steps.runFor(3_000 * MILLISECOND);
        final BrainTest twin = new BrainTest();
        twin.instruction.give("Pick 3.");
        twin.steps.runFor(3_000 * MILLISECOND);
        final List<long[]> first = drainChunks();
        final List<long[]> second = twin.drainChunks();
        assertEquals(first.size(), second.size());
        for (int i = 0; i < first.size(); i++) {
            assertArrayEquals(first.get(i), second.get(i));
        }
    }

    @Test
    void failingAgentIsLeftOutAndClosedAndToldToTheCaller() {
        instruction.give("Pick 3.");
        camera.failing = true;
        final StepRunner.AgentFailure failure = assertThrows(
            StepRunner.AgentFailure.class, () -> steps.runFor(100 * MILLISECOND));
        assertEquals(cameraAgent, failure.agent());
        assertEquals(1, camera.closed);
        steps.runFor(100 * MILLISECOND);
    }

    private List<long[]> drainChunks() {
        final List<long[]> seen = new ArrayList<>();
        final ActionChunkDecoder chunk = new ActionChunkDecoder();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        chunks.poll((buffer, offset, length) -> {
            chunk.wrapAndApplyHeader(buffer, offset, header);
            seen.add(new long[] {
                chunk.observedAtNanos(), chunk.publishedAtNanos(), chunk.inferenceNanos(), chunk.reasoningObservedAtNanos(), chunk.reasoningSequence()});
        }, 1_000);
        return seen;
    }

    private static List<String> drainReasonings(final BusSubscription subscription) {
        final List<String> seen = new ArrayList<>();
        final ReasoningDecoder reasoning = new ReasoningDecoder();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        subscription.poll((buffer, offset, length) -> {
            reasoning.wrapAndApplyHeader(buffer, offset, header);
            reasoning.skipEmbedding();
            seen.add(reasoning.text());
        }, 1_000);
        return seen;
    }

    /** Publishes both arms at rest. */
    private final class States implements Agent {
        private final BusPublication publication = bus.publication(StreamId.JOINT_STATE);
        private final UnsafeBuffer message = new UnsafeBuffer(new byte[2048]);
        private boolean silent;
        private long sequence;

        @Override
        public int doWork() {
            if (silent) {
                return 0;
            }
            sequence++;
            for (int arm = 0; arm < 2; arm++) {
                publication.offer(message, 0, Messages.jointState(message, arm, new double[7], sequence, clock.nanoTime()));
            }
            return 2;
        }

        @Override
        public String roleName() {
            return "states";
        }
    }
}
