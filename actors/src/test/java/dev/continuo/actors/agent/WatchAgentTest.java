package dev.continuo.actors.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.MessageStamp;
import dev.continuo.actors.message.Messages;
import dev.continuo.actors.message.MotionMode;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchAgentTest {
    private static final double[] POSITION = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.07};

    private final VirtualClock clock = new VirtualClock(1_000 * TestProfile.MILLISECOND);
    private final MemoryBus bus = new MemoryBus(4096);
    private final Watched watched = new Watched(clock);
    private final WatchAgent agent = new WatchAgent(TestProfile.profile(), watched, bus, clock);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
    private long sequence;

    @AfterEach
    void close() {
        agent.onClose();
    }

    /** Somebody asks, all stages speak, and some time passes. */
    private void live() {
        sequence++;
        bus.publication(StreamId.JOINT_STATE).offer(buffer, 0, Messages.jointState(buffer, 1, POSITION, sequence, clock.nanoTime()));
        bus.publication(StreamId.CAMERA_FRAME).offer(buffer, 0, Messages.frame(buffer, 0, 8, 6, new byte[8 * 6 * 3], sequence, clock.nanoTime()));
        bus.publication(StreamId.REASONING_PROGRESS).offer(buffer, 0, Messages.reasoning(buffer, "so far " + sequence, new float[0], sequence, clock.nanoTime()));
        agent.doWork();
        clock.advance(250 * TestProfile.MILLISECOND);
    }

    @Test
    void keepsWhatIsNewForThoseWhoAsk() {
        watched.arms();
        watched.picture(0);
        live();
        final Watched.Arm arm = watched.arms().iterator().next();
        assertEquals(1, arm.index());
        assertEquals(MotionMode.PLAYING, arm.mode());
        assertArrayEquals(POSITION, arm.position());
        assertEquals("so far 1", watched.reasoning());
        assertEquals(8, watched.picture(0).orElseThrow().width());
        assertEquals(8 * 6 * 3, watched.picture(0).orElseThrow().rgb().length);
        live();
        assertEquals("so far 2", watched.reasoning());
        assertEquals(2, watched.picture(0).orElseThrow().sequence());
    }

    @Test
    void whatNobodyAsksForIsDrainedAndNotKept() {
        watched.arms();
        live();
        assertEquals("so far 1", watched.reasoning());
        assertTrue(watched.picture(0).isEmpty(), "pictures were not asked for");
        clock.advance(5_000 * TestProfile.MILLISECOND);
        for (int i = 0; i < 200; i++) {
            live();
        }
        assertEquals("so far 1", watched.reasoning(), "as it was when somebody last asked");
        live();
        assertEquals("so far 202", watched.reasoning(), "nothing was held up meanwhile");
    }

    @Test
    void messagesAreKeptAsTheyWereForThoseWhoEncodeThem() {
        watched.message(StreamId.JOINT_STATE, 1);
        live();
        final byte[] state = watched.message(StreamId.JOINT_STATE, 1).orElseThrow();
        assertEquals(Messages.jointState(buffer, 1, POSITION, sequence, clock.nanoTime() - 250 * TestProfile.MILLISECOND), state.length);
        assertEquals(1, MessageStamp.sequence(new UnsafeBuffer(state), 0));
        assertTrue(watched.message(StreamId.CAMERA_FRAME, 0).isEmpty(), "pictures were not asked for");
        live();
        assertEquals(2, MessageStamp.sequence(new UnsafeBuffer(watched.message(StreamId.CAMERA_FRAME, 0).orElseThrow()), 0));
        assertEquals(2, MessageStamp.sequence(new UnsafeBuffer(watched.message(StreamId.JOINT_STATE, 1).orElseThrow()), 0));
        assertEquals(1, MessageStamp.sequence(new UnsafeBuffer(state), 0), "what was handed out does not change");
    }
}
