package dev.continuo.actors.agent;

import dev.continuo.actors.AllocationMeter;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.BusSubscription;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.latency.Latency;
import dev.continuo.actors.latency.LatencyLog;
import dev.continuo.actors.message.ActionChunkEncoder;
import dev.continuo.actors.message.JointStateDecoder;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.MessageHeaderEncoder;
import dev.continuo.actors.message.Messages;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.config.AxisLimits;
import dev.continuo.config.AxisVector;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.hardware.safety.EmergencyStop;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static dev.continuo.actors.agent.TestProfile.MILLISECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Both arms' control loops in one thread under a virtual clock, with chunks from the test. */
final class ArmAgentTest {
    private static final int TOOL_AXIS = 4;

    private final Profile profile = TestProfile.profile();
    private final VirtualClock clock = new VirtualClock(1_000_000_000L);
    private final MemoryBus bus = new MemoryBus(4096);
    private final EmergencyStop emergencyStop = new EmergencyStop();
    private final MotionGate gate = new MotionGate(emergencyStop);
    private final MirrorArm leftArm = new MirrorArm("left", TestProfile.PARK.toArray());
    private final MirrorArm rightArm = new MirrorArm("right", TestProfile.PARK.toArray());
    private final ArmAgent left = new ArmAgent(profile, 0, leftArm, gate, new ArmTelemetry("left"), bus, clock);
    private final ArmAgent right = new ArmAgent(profile, 1, rightArm, gate, new ArmTelemetry("right"), bus, clock);
    private final BusPublication chunks = bus.publication(StreamId.ACTION_CHUNK);
    private final BusSubscription states = bus.subscription(StreamId.JOINT_STATE);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[16 * 1024]);
    private final Oracle oracle = new Oracle(profile.arms().get(0).limits());
    private long sequence;

    @Test
    void nothingMovesBeforeItIsArmedAndToldTo() {
        left.proxy().tell(ArmCommand.READY);
        left.proxy().tell(ArmCommand.ARM); // the gate is closed
        run(200);
        assertEquals(2, left.counts().refusedCommands.get());
        assertEquals(MotionMode.DAMPING, left.motionMode());
        assertEquals(0, left.counts().sent.get());
        gate.open();
        left.proxy().tell(ArmCommand.ARM);
        run(200);
        publishChunk(0.2f);
        run(100);
        assertEquals(MotionMode.HOLDING, left.motionMode());
        assertEquals(TestProfile.PARK, AxisVector.of(leftArm.state().position));
    }

    @Test
    void goesToReadyPlaysAndHoldsWhenTheRowsEnd() {
        makeReady();
        assertEquals(1, left.counts().arrivals.get());
        for (int axis = 0; axis < 7; axis++) {
            assertEquals(TestProfile.READY.at(axis), leftArm.state().position[axis], 2e-3);
        }
        play();
        assertEquals(MotionMode.HOLDING, left.motionMode(), "no chunk yet");
        publishChunk(0.2f);
        run(1);
        assertEquals(MotionMode.PLAYING, left.motionMode());
        run(1_500);
        assertEquals(MotionMode.HOLDING, left.motionMode(), "the rows are over");
        assertEquals(TestProfile.READY.at(TOOL_AXIS) + 0.2, leftArm.state().position[TOOL_AXIS], 0.02);
        assertTrue(left.counts().starved.get() > 100);
        assertEquals(1, left.counts().chunksAccepted.get());
        assertEquals(0, left.counts().held.get());
        final LatencyLog log = LatencyLog.inMemory();
        log.add(left.latencies());
        assertTrue(log.totals().get(Latency.OBSERVATION_AGE).max() > 900 * MILLISECOND, "the last row is almost a second old");
    }

    @Test
    void anAgentThatIsToEndTellsItsArmNothingMore() {
        makeReady();
        final long commands = leftArm.commands();
        final long damps = leftArm.damps();
        run(1);
        assertEquals(commands + 1, leftArm.commands());
        left.requestStop();
        run(10);
        assertEquals(commands + 1, leftArm.commands());
        assertEquals(damps, leftArm.damps());
    }

    @Test
    void chunksThatMustNotPlayAreCountedAndDoNot() {
        makeReady();
        final long before = clock.nanoTime();
        run(10);
        play();
        publish(chunk(0.3f, 50, 14), 14, before); // made from what was seen before
        run(1);
        publish(new float[50 * 7], 7, clock.nanoTime()); // one arm's columns only
        run(1);
        publishChunk(0.1f);
        run(1);
        final long accepted = left.counts().chunksAccepted.get();
        run(1);
        chunks.offer(message, 0, 60); // cut off
        message.setMemory(0, 100, (byte)0x5A);
        chunks.offer(message, 0, 100); // garbage
        run(1);
        assertEquals(1, accepted);
        assertEquals(1, left.counts().chunksAccepted.get());
        assertEquals(2, left.counts().chunksRefused.get());
        assertEquals(2, left.chunkStream().malformed().get());
    }

    @Test
    void stateIsPublishedEveryCycle() {
        makeReady();
        drainStates(0);
        play();
        publishChunk(0.1f);
        run(20);
        assertEquals(20, drainStates(0), 1);
    }

    @Test
    void failedArmIsDampedAndTheOtherHoldsAndDoesNotGoOnByItself() {
        makeReady();
        play();
        publishChunk(0.2f);
        run(200);
        assertEquals(MotionMode.PLAYING, right.motionMode());
        leftArm.fail("motor 3 silent");
        run(1);
        assertEquals(MotionMode.FAULT, left.motionMode());
        assertEquals("motor 3 silent", left.fault());
        assertFalse(gate.isOpen());
        assertTrue(gate.reason().contains("left"), gate.reason());
        run(1);
        assertEquals(MotionMode.STOPPING, right.motionMode());
        assertEquals(1, right.counts().stoppedByGate.get());
        final long damps = leftArm.damps();
        run(400);
        assertEquals(damps + 400, leftArm.damps());
        oracle.assertStanding();
        left.proxy().tell(ArmCommand.CLEAR_FAULT);
        run(10);
        assertEquals(MotionMode.DAMPING, left.motionMode());
        assertEquals("", left.fault());
        gate.open();
        publishChunk(0.3f);
        run(100);
        assertEquals(MotionMode.STOPPING, right.motionMode(), "opening the gate moves nothing");
        oracle.assertStanding();
    }

    @Test
    void theGateStaysClosedWhileAnArmIsAtFaultWhoeverOpensIt() {
        makeReady();
        leftArm.fail("motor 3 silent");
        run(1);
        gate.open();
        run(1);
        assertFalse(gate.isOpen(), "opened by somebody who had not heard of the fault");
    }

    @Test
    void aStopForgetsMotionsAskedForBeforeItAndNothingElse() {
        gate.open();
        leftArm.fail("motor 3 silent");
        run(1);
        left.proxy().tell(ArmCommand.CLEAR_FAULT);
        left.proxy().tell(ArmCommand.ARM);
        left.proxy().tell(ArmCommand.STOP);
        run(20);
        assertEquals(MotionMode.DAMPING, left.motionMode());
        gate.open();
        left.proxy().tell(ArmCommand.STOP);
        left.proxy().tell(ArmCommand.ARM);
        run(200);
        assertEquals(MotionMode.HOLDING, left.motionMode(), "armed after the stop");
    }

    @Test
    void armThatLetsGoByItselfStopsTheOther() {
        makeReady();
        leftArm.damp(clock.nanoTime());
        run(2);
        assertFalse(gate.isOpen());
        assertEquals(1, left.counts().faults.get());
    }

    @Test
    void releaseOnPurposeIsNoFault() {
        makeReady();
        tell(ArmCommand.PARK);
        run(2_500);
        assertEquals(2, left.counts().arrivals.get());
        tell(ArmCommand.RELEASE);
        run(10);
        assertEquals(MotionMode.DAMPING, left.motionMode());
        assertEquals(0, left.counts().faults.get());
        assertTrue(gate.isOpen());
    }

    @Test
    void anEmergencyStopThatIsReleasedBeforeAnyCycleStopsTheArmsAllTheSame() {
        makeReady();
        play();
        publishChunk(0.2f);
        run(100);
        emergencyStop.trigger("a short press");
        emergencyStop.reset();
        assertFalse(gate.isOpen());
        assertEquals("the emergency stop was triggered", gate.reason());
        run(400);
        assertEquals(MotionMode.STOPPING, left.motionMode());
        assertEquals(MotionMode.STOPPING, right.motionMode());
        oracle.assertStanding();
        assertTrue(gate.open(), "until somebody opens the gate");
        assertEquals("", gate.reason());
    }

    @Test
    void emergencyStopHoldsBothArmsWithinOneCycle() {
        makeReady();
        play();
        publishChunk(0.2f);
        run(100);
        emergencyStop.trigger("test");
        run(1);
        assertEquals(MotionMode.STOPPING, left.motionMode());
        assertEquals(MotionMode.STOPPING, right.motionMode());
        run(400);
        oracle.assertStanding();
        tell(ArmCommand.PLAY);
        publishChunk(0.2f);
        run(10);
        assertEquals(MotionMode.STOPPING, left.motionMode());
        assertFalse(gate.open());
        emergencyStop.reset();
        run(10);
        assertEquals(MotionMode.STOPPING, left.motionMode(), "a reset restarts nothing");
    }

    @Test
    void stopDominatesWhatWasAskedBefore() {
        makeReady();
        tell(ArmCommand.PLAY);
        tell(ArmCommand.STOP);
        run(1);
        assertEquals(MotionMode.STOPPING, left.motionMode());
        tell(ArmCommand.STOP);
        tell(ArmCommand.PARK);
        run(1);
        assertEquals(MotionMode.PARKING, left.motionMode(), "what is asked for after a stop counts, even in the same cycle");
        for (int i = 0; i < 100; i++) {
            left.proxy().tell(ArmCommand.PLAY);
        }
        assertEquals(100 - 64, left.proxy().refused());
        assertTrue(left.proxy().tell(ArmCommand.STOP), "a stop needs no room");
        run(1);
        assertEquals(MotionMode.STOPPING, left.motionMode());
    }

    @Test
    void oldMeasurementsHoldTheArm() {
        makeReady();
        play();
        publishChunk(0.2f);
        run(100);
        rightArm.silence(true);
        run(100);
        assertTrue(right.counts().staleState.get() > 50);
        oracle.assertStanding();
    }

    /** Whatever chunks come, the commands keep within limits that are checked here by other code than the envelope's. */
    @Test
    void wildChunksNeverLeadToCommandsOutsideTheLimits() {
        makeReady();
        play();
        final Random random = new Random(5);
        for (int i = 0; i < 60; i++) {
            final float[] wild = new float[50 * 14];
            for (int value = 0; value < wild.length; value++) {
                wild[value] = switch (random.nextInt(200)) {
                    case 0 -> Float.MAX_VALUE;
                    case 1 -> -1e9f;
                    default -> (float)(TestProfile.READY.at(value % 7) + 3 * random.nextGaussian());
                };
            }
            publish(wild, 14, clock.nanoTime());
            run(20 + random.nextInt(150));
        }
        assertTrue(left.counts().limited.get() + left.counts().held.get() > 1_000);
        run(800);
        oracle.assertStanding();
    }

    @Test
    void loopDoesNotAllocate() {
        makeReady();
        play();
        final int[] cycle = {0};
        final float[] values = chunk(0.05f, 50, 14);
        final byte[] ready = new byte[16 * 1024];
        final int length = Messages.chunk(message, 50, 14, values, 1, 1, 1);
        message.getBytes(0, ready);
        final Runnable step = () -> {
            if (++cycle[0] % 100 == 0) {
                message.putBytes(0, ready, 0, length);
                final int block = MessageHeaderEncoder.ENCODED_LENGTH;
                message.putLong(block + ActionChunkEncoder.observedAtNanosEncodingOffset(), clock.nanoTime());
                message.putLong(block + ActionChunkEncoder.publishedAtNanosEncodingOffset(), clock.nanoTime());
                message.putLong(block + ActionChunkEncoder.firstRowAtNanosEncodingOffset(), clock.nanoTime());
                message.putLong(block + ActionChunkEncoder.sequenceEncodingOffset(), ++sequence);
                chunks.offer(message, 0, length);
            }
            clock.advance(2 * MILLISECOND);
            left.doWork();
            right.doWork();
        };
        assertEquals(0, AllocationMeter.leastAllocatedBy(3_000, step));
        assertTrue(left.counts().chunksAccepted.get() > cycle[0] / 200, "chunks were taken over all the while");
    }

    @Test
    void warmUpRunsTheWholeLoop() {
        assertTrue(WarmUp.run(profile, 4_000) > 4_000);
    }

    @Test
    void anArmThatIsFoldedOntoItsBaseGoesRoundACornerAndOneThatCannotIsTold() {
        final Profile cell = ProfileReader.read("arx-sim");
        final double[] folded = {-0.0002, 2.5331, 0.8665, -1.4639, -0.0003, -0.0005, 0.07};
        final double[] below = {0.0391, 3.6555, 1.1343, -1.647, -0.1963, -0.3145, 0.069};
        final ArmAgent fromFolded = new ArmAgent(cell, 0, new MirrorArm("left", folded), gate, new ArmTelemetry("left"), bus, clock);
        final ArmAgent fromBelow = new ArmAgent(cell, 1, new MirrorArm("right", below), gate, new ArmTelemetry("right"), bus, clock);
        gate.open();
        for (final ArmCommand command : new ArmCommand[] {ArmCommand.ARM, ArmCommand.READY}) {
            for (final ArmAgent agent : List.of(fromFolded, fromBelow)) {
                run(agent, 50);
                agent.proxy().tell(command);
                run(agent, 2_500);
            }
        }
        assertEquals(1, fromFolded.counts().arrivals.get());
        assertEquals(0, fromFolded.counts().held.get(), "the envelope need not step in");
        assertEquals("", fromFolded.obstacle());
        assertEquals(MotionMode.READYING, fromBelow.motionMode());
        assertTrue(fromBelow.obstacle().startsWith("finds no way to its ready pose within its workspace"), fromBelow.obstacle());
        fromBelow.proxy().tell(ArmCommand.STOP);
        run(fromBelow, 2);
        assertEquals("", fromBelow.obstacle(), "it is not to go anywhere");
    }

    private void run(final ArmAgent agent, final int cycles) {
        for (int i = 0; i < cycles; i++) {
            clock.advance(2 * MILLISECOND);
            agent.doWork();
        }
    }

    private void makeReady() {
        gate.open();
        run(2);
        tell(ArmCommand.ARM);
        run(50);
        tell(ArmCommand.READY);
        run(2_500);
        assertEquals(MotionMode.HOLDING, left.motionMode());
        assertEquals(MotionMode.HOLDING, right.motionMode());
    }

    private void play() {
        tell(ArmCommand.PLAY);
        run(1);
    }

    private void tell(final ArmCommand command) {
        left.proxy().tell(command);
        right.proxy().tell(command);
    }

    private void run(final int cycles) {
        for (int i = 0; i < cycles; i++) {
            clock.advance(2 * MILLISECOND);
            left.doWork();
            right.doWork();
            oracle.observe(rightArm.state().position, right.motionMode());
        }
    }

    /** Offers a chunk that moves one joint of each arm smoothly away from the ready pose. */
    private void publishChunk(final float travel) {
        publish(chunk(travel, 50, 14), 14, clock.nanoTime());
    }

    private static float[] chunk(final float travel, final int rows, final int columns) {
        final float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            final int axis = i % columns % 7;
            final double share = (double)(i / columns) / (rows - 1);
            final double smooth = share * share * share * (10 + share * (6 * share - 15));
            values[i] = (float)(TestProfile.READY.at(axis) + (axis == TOOL_AXIS ? travel * smooth : 0));
        }
        return values;
    }

    private void publish(final float[] values, final int columns, final long observedAtNanos) {
        final int length = Messages.chunk(
            message, values.length / columns, columns, values, ++sequence, observedAtNanos, clock.nanoTime());
        chunks.offer(message, 0, length);
    }

    private int drainStates(final int arm) {
        final int[] seen = new int[1];
        final JointStateDecoder state = new JointStateDecoder();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        states.poll((buffer, offset, length) -> {
            state.wrapAndApplyHeader(buffer, offset, header);
            if (state.index() == arm) {
                seen[0]++;
                assertEquals(7, state.axes().count());
            }
        }, 10_000);
        return seen[0];
    }

    /** Watches the right arm's commands with plain differences. */
    private static final class Oracle {
        private static final double STEP = 0.002;
        private final AxisLimits limits;
        private double[] last;
        private double[] beforeLast;

        private Oracle(final AxisLimits limits) {
            this.limits = limits;
        }

        private void observe(final double[] position, final MotionMode mode) {
            if (mode == MotionMode.CONNECTING || mode == MotionMode.DAMPING) {
                last = null;
                beforeLast = null;
                return;
            }
            for (int axis = 0; last != null && axis < position.length; axis++) {
                final double speed = Math.abs(position[axis] - last[axis]) / STEP;
                assertTrue(speed <= limits.velocity().at(axis) * 1.0001, "speed of axis " + axis + ": " + speed);
                assertTrue(position[axis] >= limits.minimum().at(axis) - 1e-9, "position of axis " + axis);
                assertTrue(position[axis] <= limits.maximum().at(axis) + 1e-9, "position of axis " + axis);
                if (beforeLast != null) {
                    final double acceleration = Math.abs(position[axis] - 2 * last[axis] + beforeLast[axis]) / (STEP * STEP);
                    assertTrue(acceleration <= limits.acceleration().at(axis) * 1.0001 + 1e-6, "acceleration: " + acceleration);
                }
            }
            beforeLast = last;
            last = position.clone();
        }

        private void assertStanding() {
            assertTrue(Arrays.equals(last, beforeLast), Arrays.toString(last) + " after " + Arrays.toString(beforeLast));
        }
    }
}
