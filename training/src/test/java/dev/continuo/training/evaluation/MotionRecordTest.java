package dev.continuo.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.JointStateEncoder;
import dev.continuo.actors.message.MessageHeaderEncoder;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.config.ProfileReader;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What is seen of the left arm's commands, which the test makes up. */
class MotionRecordTest {
    private static final long CYCLE = 2_000_000L;
    private static final int AXES = 7;

    private final MemoryBus bus = new MemoryBus(4096);
    private final MotionRecord record = new MotionRecord(ProfileReader.read("arx-sim"), bus);
    private final BusPublication states = bus.publication(StreamId.JOINT_STATE);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[1024]);
    private final JointStateEncoder state = new JointStateEncoder();
    private long atNanos = 1_000_000_000L;
    private long sequence;

    private void cycle(final MotionMode mode, final long chunk, final double joint) {
        atNanos += CYCLE;
        state.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder()).observedAtNanos(atNanos).publishedAtNanos(atNanos).sequence(++sequence).index(0).mode(mode).commandedAtNanos(atNanos)
            .chunkSequence(chunk);
        final JointStateEncoder.AxesEncoder axes = state.axesCount(AXES);
        for (int axis = 0; axis < AXES; axis++) {
            // The gripper may do as it likes.
            axes.next().position(0).velocity(0).effort(0).setpoint(axis == 2 ? joint : axis == AXES - 1 ? 1000 * Math.random() : 0);
        }
        states.offer(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + state.encodedLength());
        record.doWork();
    }

    @Test
    void aJumpAtATakeoverIsJerkBesideIt() {
        for (int i = 0; i < 300; i++) {
            cycle(MotionMode.PLAYING, 1, 0.001 * i);
        }
        for (int i = 300; i < 600; i++) {
            cycle(MotionMode.PLAYING, 2, 0.001 * i + 0.004);
        }
        final MotionRecord.Motion motion = record.motion();
        assertEquals(1, motion.takeovers());
        assertEquals(2 * 0.004 / Math.pow(0.02, 3), Arrays.stream(motion.besideTakeovers()).max().orElse(0), 1e-6);
        assertTrue(Arrays.stream(motion.apartFromThem()).max().orElse(1) < 1e-6, "straight on elsewhere");
        assertEquals(60 - 3, motion.besideTakeovers().length + motion.apartFromThem().length);
        assertEquals(8, motion.besideTakeovers().length, 1, "100 ms after it, and as long as it is among the four moments");
        assertEquals(0, motion.stalls());
    }

    @Test
    void aStandstillBetweenChunksIsAStall() {
        cycle(MotionMode.HOLDING, 0, 0);
        cycle(MotionMode.HOLDING, 0, 0);
        for (int stall = 0; stall < 3; stall++) {
            for (int i = 0; i < 50; i++) {
                cycle(MotionMode.PLAYING, stall + 1, 0);
            }
            for (int i = 0; i < 10; i++) {
                cycle(MotionMode.HOLDING, 0, 0);
            }
        }
        final MotionRecord.Motion motion = record.motion();
        assertEquals(3, motion.stalls(), "what is held before the first row is none");
        assertEquals(30 * CYCLE, motion.stalledNanos());
        assertEquals(180 * CYCLE, motion.playedNanos());
        assertEquals(2, motion.takeovers());
    }

    @Test
    void onlyPlayingCounts() {
        for (int i = 0; i < 100; i++) {
            cycle(MotionMode.READYING, 0, Math.random());
        }
        final MotionRecord.Motion motion = record.motion();
        assertEquals(0, motion.besideTakeovers().length + motion.apartFromThem().length);
        assertEquals(0, motion.playedNanos());
    }
}
