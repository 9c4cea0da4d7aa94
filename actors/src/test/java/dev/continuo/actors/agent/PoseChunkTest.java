package dev.continuo.actors.agent;

import static dev.continuo.actors.agent.TestProfile.MILLISECOND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.actors.AllocationMeter;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.Messages;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.config.ActionSpace;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.AxisLimits;
import dev.continuo.config.AxisVector;
import dev.continuo.config.BasePose;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.Profile;
import dev.continuo.hardware.kinematics.ArmChains;
import dev.continuo.hardware.kinematics.ForwardKinematics;
import dev.continuo.hardware.kinematics.Pose;
import dev.continuo.hardware.kinematics.PoseRow;
import dev.continuo.hardware.safety.EmergencyStop;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Chunks of tool poses for a Franka beside chunks of joint angles for an ARX arm, whose columns come after it. */
final class PoseChunkTest {
    private static final int ROWS = 50;
    private static final double[] READY = {0, -Math.PI / 4, 0, -3 * Math.PI / 4, 0, Math.PI / 2, Math.PI / 4, 0.07};
    private static final AxisLimits LIMITS = new AxisLimits(
        AxisVector.of(-2.7, -1.6, -2.7, -2.9, -2.6, 0.6, -2.8, 0.0), AxisVector.of(2.7, 1.6, 2.7, -0.3, 2.6, 4.4, 2.8, 0.08),
        AxisVector.of(1.5, 1.5, 1.5, 1.5, 2.5, 2.5, 2.5, 0.1), AxisVector.of(8, 8, 8, 8, 8, 8, 8, 1),
        AxisVector.of(500, 500, 500, 500, 500, 500, 500, 50), new AxisLimits.Workspace(-0.2, 0.8, -0.6, 0.6, 0.01, 0.9));

    private final Profile profile = profile();
    private final int columns = profile.columns();
    private final VirtualClock clock = new VirtualClock(1_000_000_000L);
    private final MemoryBus bus = new MemoryBus(4096);
    private final MotionGate gate = new MotionGate(new EmergencyStop());
    private final MirrorArm frankaArm = new MirrorArm("franka", READY);
    private final MirrorArm arxArm = new MirrorArm("arx", TestProfile.READY.toArray());
    private final ArmAgent franka = new ArmAgent(profile, 0, frankaArm, gate, new ArmTelemetry("franka"), bus, clock);
    private final ArmAgent arx = new ArmAgent(profile, 1, arxArm, gate, new ArmTelemetry("arx"), bus, clock);
    private final BusPublication chunks = bus.publication(StreamId.ACTION_CHUNK);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[16 * 1024]);
    private final ForwardKinematics forward =
        new ForwardKinematics(ArmChains.of(profile.arms().getFirst().driver()), profile.arms().getFirst().base());
    private final Pose there = new Pose();
    private long sequence;

    private static Profile profile() {
        final Profile other = TestProfile.profile();
        final ArmProfile franka = new ArmProfile("franka", new DriverProfile.Franka("fr3", "none", 1, OptionalInt.of(2), 100, Optional.empty()), ActionSpace.POSE, 1000,
            new BasePose(-0.05, 0.1, 0, 0.2), LIMITS, AxisVector.of(READY), AxisVector.of(READY), Optional.empty());
        return other.withArms(List.of(franka, other.arms().getLast()));
    }

    private void run(final int milliseconds) {
        for (int i = 0; i < milliseconds; i++) {
            clock.advance(MILLISECOND);
            franka.doWork();
            if (i % 2 == 1) {
                arx.doWork();
            }
        }
    }

    private void play() {
        gate.open();
        run(2);
        tell(ArmCommand.ARM);
        run(100);
        tell(ArmCommand.PLAY);
        run(2);
    }

    private void tell(final ArmCommand command) {
        franka.proxy().tell(command);
        arx.proxy().tell(command);
    }

    private Pose toolOf(final double[] joints) {
        forward.update(joints);
        forward.toolPose(there);
        return there;
    }

    /** Rows that lead the Franka's tool from its ready pose by so many metres, and turn the ARX arm's first joint. */
    private float[] rows(final double dx, final double dy, final double dz, final double opening) {
        return rows(new double[3], new double[] {dx, dy, dz}, opening);
    }

    private float[] rows(final double[] from, final double[] to, final double opening) {
        final float[] values = new float[ROWS * columns];
        final double[] row = new double[ActionSpace.POSE_COLUMNS];
        final Pose pose = new Pose();
        for (int k = 0; k < ROWS; k++) {
            final double share = k / (ROWS - 1.0);
            final double smooth = share * share * share * (10 + share * (6 * share - 15));
            pose.set(toolOf(READY));
            for (int i = 0; i < 3; i++) {
                pose.position[i] += from[i] + smooth * (to[i] - from[i]);
            }
            PoseRow.write(pose, opening, row, 0);
            for (int column = 0; column < row.length; column++) {
                values[k * columns + column] = (float) row[column];
            }
            for (int axis = 0; axis < 7; axis++) {
                values[k * columns + row.length + axis] = (float) (TestProfile.READY.at(axis) + (axis == 0 ? 0.2 * smooth : 0));
            }
        }
        return values;
    }

    private void publish(final float[] values) {
        chunks.offer(message, 0, Messages.chunk(message, ROWS, columns, values, ++sequence, clock.nanoTime(), clock.nanoTime()));
    }

    @Test
    void theToolGoesWhereTheRowsSayAndTheOtherArmPlaysItsOwnColumns() {
        play();
        publish(rows(0.08, -0.06, -0.1, 0.03));
        run(960);
        assertEquals(MotionMode.PLAYING, franka.motionMode());
        run(300);
        final Pose wanted = new Pose().set(toolOf(READY));
        wanted.position[0] += 0.08;
        wanted.position[1] -= 0.06;
        wanted.position[2] -= 0.1;
        assertArrayEquals(wanted.position, toolOf(frankaArm.state().position).position, 2e-3);
        assertTrue(wanted.angle(there) < 0.01, "turned by " + wanted.angle(there));
        assertEquals(0.03, frankaArm.state().position[7], 2e-3);
        assertEquals(TestProfile.READY.at(0) + 0.2, arxArm.state().position[0], 0.01);
        assertEquals(0, franka.counts().outOfReach.get());
        assertEquals(0, franka.counts().held.get());
    }

    @Test
    void aWayThroughTheTableIsHeldAboveIt() {
        play();
        double lowest = 1;
        publish(rows(0.15, 0, -0.35, 0.03));
        run(1_200);
        publish(rows(new double[] {0.15, 0, -0.35}, new double[] {0.15, 0, -0.55}, 0.03));
        for (int i = 0; i < 1_500; i++) {
            run(1);
            lowest = Math.min(lowest, toolOf(frankaArm.state().position).z());
        }
        assertTrue(lowest > 0.0099, "down to " + lowest + " m");
        assertTrue(lowest < 0.05, "it went there: " + lowest + " m");
        assertTrue(franka.counts().held.get() > 10, "held: " + franka.counts().held.get());
    }

    @Test
    void aWayThroughTheArmsOwnColumnIsHeldBeforeIt() {
        play();
        double nearest = 1;
        publish(rows(-0.55, 0, -0.25, 0.03));
        for (int i = 0; i < 1_500; i++) {
            run(1);
            final Pose tool = toolOf(frankaArm.state().position);
            final double above = Math.max(0, tool.z() - 0.333);
            nearest = Math.min(nearest, Math.hypot(Math.hypot(tool.x() + 0.05, tool.y() - 0.1), above));
        }
        assertTrue(nearest > 0.1799, "as near as " + nearest + " m");
        assertTrue(nearest < 0.3, "it went there: " + nearest + " m");
    }

    @Test
    void aPoseOutOfReachIsCountedAndApproached() {
        play();
        publish(rows(0.5, 0, 0.2, 0.03));
        run(1_500);
        assertTrue(franka.counts().outOfReach.get() > 100, "out of reach: " + franka.counts().outOfReach.get());
        assertTrue(toolOf(frankaArm.state().position).x() > 0.5);
    }

    @Test
    void rowsWithoutARotationAreCountedAndHeld() {
        play();
        final float[] values = rows(0.1, 0, 0, 0.03);
        for (int k = 0; k < ROWS; k++) {
            for (int column = 3; column < 9; column++) {
                values[k * columns + column] = 0;
            }
        }
        publish(values);
        run(500);
        assertTrue(franka.counts().outOfReach.get() > 400);
        assertArrayEquals(READY, frankaArm.state().position, 1e-9);
    }

    @Test
    void thePolicySeesPosesToo() {
        final double[] state = new double[columns];
        ArmColumns.of(profile.arms().getFirst()).write(READY, state, 0);
        ArmColumns.of(profile.arms().getLast()).write(TestProfile.READY.toArray(), state, profile.firstColumn(1));
        assertEquals(17, columns);
        assertArrayEquals(toolOf(READY).position, java.util.Arrays.copyOf(state, 3), 1e-12);
        assertEquals(READY[7], state[9]);
        assertEquals(TestProfile.READY.at(1), state[11]);
    }

    @Test
    void loopDoesNotAllocate() {
        play();
        final float[] values = rows(0.05, 0.02, -0.05, 0.03);
        publish(values);
        run(1);
        assertEquals(0, AllocationMeter.leastAllocatedBy(300, () -> run(1)));
        assertTrue(franka.counts().sent.get() > 900);
    }

    @Test
    void warmUpKnowsBothMeanings() {
        assertTrue(WarmUp.run(profile, 4_000) > 4_000);
    }
}
