package dev.continuo.actors.agent;

import static dev.continuo.actors.agent.TestProfile.MILLISECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.actors.agent.FakeModels.FakeCamera;
import dev.continuo.actors.agent.FakeModels.FakeReasoner;
import dev.continuo.actors.bus.BusSubscription;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.ActionChunkDecoder;
import dev.continuo.actors.message.Float32;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.config.ChunkStrategy;
import dev.continuo.config.PlaybackProfile;
import dev.continuo.config.Profile;
import dev.continuo.hardware.safety.EmergencyStop;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy that takes its time, and both arms, in one thread under a virtual clock: how chunks follow each other. */
final class ChunkStrategiesTest {
    private static final long ROW = 20 * MILLISECOND;
    private static final int ROWS = 50;
    private static final int HORIZON = 25;
    private static final int COLUMNS = 14;
    /** By then a chunk is played that was begun after the arms were told to play. */
    private static final long BEGINNING_NANOS = 1_500 * MILLISECOND;

    private final VirtualClock clock = new VirtualClock(1_000_000_000L);
    private final MemoryBus bus = new MemoryBus(4096);
    private final MotionGate gate = new MotionGate(new EmergencyStop());
    private final StepRunner steps = new StepRunner(clock);
    private final List<Seen> seen = new ArrayList<>();
    private final BusSubscription chunks = bus.subscription(StreamId.ACTION_CHUNK);
    private ArmAgent left;
    private ArmAgent right;
    private ActionAgent action;
    private long starvedInTheBeginning;

    /** What a chunk said of itself, and what its policy had been told to continue. */
    private record Seen(long sequence, long publishedAtNanos, long firstRowAtNanos, long continued, int committed, int rows, float[] values) {
    }

    /** Each chunk turns a joint from where it is, ever further; it heeds what it is told to continue as far as it is committed to it. */
    private static final class TurningPolicy implements ChunkPolicy {
        @Override
        public boolean chunk(final Request request, final float[] rows) {
            for (int i = 0; i < rows.length; i++) {
                final int axis = i % COLUMNS;
                final double turn = axis % 7 == 0 ? 0.002 * (i / COLUMNS) : 0;
                rows[i] = (float) (request.state[axis] + turn);
            }
            System.arraycopy(request.planned.values, 0, rows, 0, request.planned.committed * COLUMNS);
            return true;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private void run(final ChunkStrategy strategy, final long inferenceNanos, final long nanos) {
        final Profile profile = TestProfile.profile().withPlayback(new PlaybackProfile(ROW, ROWS, HORIZON, 1_500 * MILLISECOND, strategy));
        left = new ArmAgent(profile, 0, new MirrorArm("left", TestProfile.READY.toArray()), gate, new ArmTelemetry("left"), bus, clock);
        right = new ArmAgent(profile, 1, new MirrorArm("right", TestProfile.READY.toArray()), gate, new ArmTelemetry("right"), bus, clock);
        final InstructionAgent instruction = new InstructionAgent(bus, clock);
        final ReasoningAgent reasoning = new ReasoningAgent(new FakeReasoner(), profile.cameras(), new ReasoningAgent.Settings(500 * MILLISECOND, 50 * MILLISECOND), bus, clock);
        action = new ActionAgent(new TurningPolicy(), profile, new ActionAgent.Settings(50 * MILLISECOND, inferenceNanos, () -> false), bus, clock);
        steps.add(instruction);
        steps.add(new CameraAgent(profile.cameras().getFirst(), 0, new FakeCamera(clock), bus, clock));
        steps.add(reasoning);
        steps.add(action);
        steps.add(left);
        steps.add(right);
        gate.open();
        steps.runFor(50 * MILLISECOND);
        tell(ArmCommand.ARM);
        steps.runFor(100 * MILLISECOND);
        instruction.give("Turn.");
        steps.runFor(200 * MILLISECOND);
        tell(ArmCommand.PLAY);
        steps.runFor(BEGINNING_NANOS);
        starvedInTheBeginning = left.counts().starved.get();
        steps.runFor(nanos - BEGINNING_NANOS);
        chunks.poll((buffer, offset, length) -> {
            final ActionChunkDecoder chunk = new ActionChunkDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
            final float[] values = new float[chunk.rows() * chunk.columns()];
            final Seen one = new Seen(chunk.sequence(), chunk.publishedAtNanos(), chunk.firstRowAtNanos(), chunk.continuedSequence(), chunk.committedRows(), chunk.rows(), values);
            chunk.wrapValues(bytes);
            Float32.read(bytes, 0, values, values.length);
            seen.add(one);
        }, 1000);
    }

    private void tell(final ArmCommand command) {
        left.proxy().tell(command);
        right.proxy().tell(command);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 60, 150, 300, 400})
    void aChunkInRealTimeBeginsWithWhatIsPlayedMeanwhile(final long inferenceMillis) {
        run(new ChunkStrategy.RealTime(5, 1), inferenceMillis * MILLISECOND, 6_000 * MILLISECOND);
        final int delay = (int) Math.ceilDiv(inferenceMillis, 20);
        int continued = 0;
        for (int i = 1; i < seen.size(); i++) {
            final Seen chunk = seen.get(i);
            final Seen before = seen.get(i - 1);
            if (chunk.continued == 0) {
                continue;
            }
            continued++;
            assertEquals(before.sequence, chunk.continued);
            assertEquals(delay + 2, chunk.committed, 1, "the rows that pass, and two that bend the curve");
            final double shift = (double) (chunk.firstRowAtNanos - before.firstRowAtNanos) / ROW;
            for (int row = 0; row < chunk.committed; row++) {
                final double place = shift + row;
                final int under = (int) place;
                final double low = before.values[under * COLUMNS];
                final double high = before.values[Math.min(before.rows - 1, under + 1) * COLUMNS];
                assertTrue(chunk.values[row * COLUMNS] >= Math.min(low, high) - 1e-6 && chunk.values[row * COLUMNS] <= Math.max(low, high) + 1e-6, "row " + row + " is that of the chunk that played");
            }
        }
        assertTrue(continued >= 8, continued + " of " + seen.size());
        assertEquals(continued, action.continued().get(), 1, "one may be under way");
        assertEquals(0, left.counts().starved.get() - starvedInTheBeginning, "cycles without a row that is due");
    }

    @Test
    void aChunkThatWouldComeTooLateIsNotMadeToContinue() {
        run(new ChunkStrategy.RealTime(5, 1), 980 * MILLISECOND, 8_000 * MILLISECOND);
        assertEquals(0, action.continued().get());
        assertTrue(seen.stream().allMatch(chunk -> chunk.continued == 0 && chunk.committed == 0));
        assertTrue(seen.size() > 4);
    }

    @Test
    void synchronousChunksBeginWhenTheArmStands() {
        run(new ChunkStrategy.Synchronous(), 200 * MILLISECOND, 6_000 * MILLISECOND);
        assertTrue(seen.size() >= 7, seen.size() + " chunks");
        for (int i = 1; i < seen.size(); i++) {
            assertEquals(HORIZON, seen.get(i).rows);
            assertEquals(seen.get(i).publishedAtNanos, seen.get(i).firstRowAtNanos, "it is played from its first row");
            assertEquals(HORIZON * ROW + 200 * MILLISECOND, seen.get(i).publishedAtNanos - seen.get(i - 1).publishedAtNanos, 5.0 * MILLISECOND);
        }
        assertTrue(left.counts().starved.get() > 80 * (seen.size() - 2), "it stalls for each inference");
    }

    @Test
    void otherStrategiesContinueNothing() {
        run(new ChunkStrategy.Replace(), 100 * MILLISECOND, 4_000 * MILLISECOND);
        assertTrue(seen.size() >= 7);
        assertTrue(seen.stream().allMatch(chunk -> chunk.continued == 0 && chunk.rows == ROWS));
    }
}
