package dev.continuo.hardware.safety;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.continuo.config.AxisLimits;
import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ArxKinematics;
import dev.continuo.hardware.kinematics.Pose;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetyEnvelopeTest {
    private static final long PERIOD = 2_000_000;

    private final double[] position = new double[7];
    private final double[] velocity = new double[7];

    @Test
    void shouldGiveNoCommandBeforeAMeasurement() {
        final SafetyEnvelope envelope =
            new SafetyEnvelope(EnvelopeFixture.limits(), ArxChains.R5, EnvelopeFixture.BASE, PERIOD);
        position[0] = 42;
        assertEquals(Verdict.NOT_READY, envelope.enforce(EnvelopeFixture.READY, PERIOD, position, velocity));
        assertEquals(Verdict.NOT_READY, envelope.decelerate(PERIOD, position, velocity));
        assertEquals(42, position[0]);
        assertEquals(2, envelope.count(Verdict.NOT_READY));
    }

    @Test
    void shouldRefuseAnImplausibleMeasurement() {
        final SafetyEnvelope envelope = EnvelopeFixture.armed(PERIOD, EnvelopeFixture.READY);
        final double[] measured = EnvelopeFixture.READY.clone();
        measured[2] = Double.NaN;
        assertFalse(envelope.reset(measured));
        measured[2] = 12;
        assertFalse(envelope.reset(measured));
        assertFalse(envelope.reset(new double[6]));
        assertEquals(Verdict.NOT_READY, envelope.enforce(EnvelopeFixture.READY, PERIOD, position, velocity));
    }

    @Test
    void shouldHoldWhereItWasArmed() {
        final SafetyEnvelope envelope = EnvelopeFixture.armed(PERIOD, EnvelopeFixture.READY);
        assertEquals(Verdict.PASSED, envelope.enforce(EnvelopeFixture.READY, PERIOD, position, velocity));
        assertArrayEquals(EnvelopeFixture.READY, position);
        assertArrayEquals(new double[7], velocity);
    }

    @Test
    void shouldStopSmoothlyAndCountWhenASetpointIsNoNumber() {
        final SafetyEnvelope envelope = moving();
        final double before = position[0];
        final double[] bad = EnvelopeFixture.READY.clone();
        bad[6] = Double.NaN;
        assertEquals(Verdict.HELD_NON_FINITE, envelope.enforce(bad, PERIOD, position, velocity));
        assertEquals(Verdict.HELD_MALFORMED, envelope.enforce(new double[2], PERIOD, position, velocity));
        assertTrue(position[0] > before, "still moving on");
        for (int i = 0; i < 200; i++) {
            envelope.enforce(bad, PERIOD, position, velocity);
        }
        assertTrue(envelope.isStanding());
        assertEquals(201, envelope.count(Verdict.HELD_NON_FINITE));
        assertEquals(1, envelope.count(Verdict.HELD_MALFORMED));
    }

    @Test
    void shouldStopAtThePositionLimit() {
        final SafetyEnvelope envelope = EnvelopeFixture.armed(PERIOD, EnvelopeFixture.READY);
        final double[] beyond = EnvelopeFixture.READY.clone();
        beyond[5] = 9;
        for (int i = 0; i < 1500; i++) {
            assertEquals(Verdict.LIMITED_POSITION, envelope.enforce(beyond, PERIOD, position, velocity));
        }
        assertEquals(ArxChains.R5.maximum(5), position[5], 1e-6);
    }

    @Test
    void shouldHoldInsideWhenTheSetpointWouldPushTheToolIntoTheTable() {
        final SafetyEnvelope envelope = EnvelopeFixture.armed(PERIOD, EnvelopeFixture.READY);
        final ArxKinematics arm = new ArxKinematics(ArxChains.R5, EnvelopeFixture.BASE);
        final double[] desired = EnvelopeFixture.READY.clone();
        final Pose pose = new Pose();
        double lowest = 1;
        for (int i = 0; i < 1500; i++) {
            arm.solveDown(0.3, 0.2, 0.14 - 0.1e-3 * i, 0, desired);
            envelope.enforce(desired, PERIOD, position, velocity);
            arm.toolPose(position, pose);
            lowest = Math.min(lowest, pose.z());
        }
        assertTrue(envelope.count(Verdict.HELD_WORKSPACE) > 50);
        assertTrue(lowest >= EnvelopeFixture.limits().workspace().minZ() && lowest < 0.012, "lowest was " + lowest);
    }

    @Test
    void shouldMoveOnAfterAHold() {
        final SafetyEnvelope envelope = moving();
        for (int i = 0; i < 300; i++) {
            envelope.decelerate(PERIOD, position, velocity);
        }
        assertTrue(envelope.isStanding());
        for (int i = 0; i < 500; i++) {
            envelope.enforce(EnvelopeFixture.READY, PERIOD, position, velocity);
        }
        assertArrayEquals(EnvelopeFixture.READY, position, 1e-6);
    }

    @Test
    void shouldReachAFarSetpointWithoutOvershoot() {
        final SafetyEnvelope envelope = EnvelopeFixture.armed(PERIOD, EnvelopeFixture.READY);
        final double[] far = EnvelopeFixture.READY.clone();
        far[0] = -0.5;
        far[6] = 0;
        for (int i = 0; i < 500; i++) {
            envelope.enforce(far, PERIOD, position, velocity);
            assertTrue(position[0] >= -0.5 - 1e-9 && position[6] >= -1e-12);
        }
        assertArrayEquals(far, position, 1e-6);
    }

    /** A 50 Hz reference, joined by cubic pieces as playback does, comes out less than 5 ms late and within 2 mrad. */
    @ParameterizedTest
    @ValueSource(longs = {2_000_000, 4_000_000})
    void shouldFollowASmoothReferenceWithoutLag(final long period) {
        final SafetyEnvelope envelope = EnvelopeFixture.armed(period, EnvelopeFixture.READY);
        final double[] desired = EnvelopeFixture.READY.clone();
        double late = 0;
        double weight = 0;
        for (int i = 1; i * period < 4_000_000_000L; i++) {
            final double time = i * period * 1e-9;
            desired[0] = EnvelopeFixture.READY[0] + cubic(time);
            envelope.enforce(desired, period, position, velocity);
            assertEquals(desired[0], position[0], 2e-3);
            late += (desired[0] - position[0]) * slope(time);
            weight += slope(time) * slope(time);
        }
        assertTrue(Math.abs(late / weight) < 5e-4, "late by " + late / weight + " s");
    }

    /** Sampled for the step instead of the moment of the call, a smooth reference passes unchanged however the loop jitters. */
    @ParameterizedTest
    @ValueSource(longs = {2_000_000, 4_000_000})
    void shouldPassASmoothReferenceUnchangedInAJitteringLoop(final long period) {
        final long sampledForTheCall = limitedInAJitteringLoop(period, false);
        assertEquals(0, limitedInAJitteringLoop(period, true));
        assertTrue(sampledForTheCall > 100, "limited " + sampledForTheCall + " times: the jitter would matter");
    }

    private long limitedInAJitteringLoop(final long period, final boolean sampledForTheStep) {
        final SafetyEnvelope envelope = EnvelopeFixture.armed(period, EnvelopeFixture.READY);
        final double[] desired = EnvelopeFixture.READY.clone();
        final Random random = new Random(3);
        long now = 0;
        while (now < 4_000_000_000L) {
            final long elapsed = period + (long) (0.2 * period * (random.nextDouble() - 0.5));
            now += elapsed;
            final double time = (now - (sampledForTheStep ? envelope.latenessNanos(elapsed) : 0)) * 1e-9;
            // Begins and ends at rest.
            desired[0] = EnvelopeFixture.READY[0] + 0.1 * Math.pow(Math.sin(Math.PI / 4 * time), 4);
            envelope.enforce(desired, elapsed, position, velocity);
        }
        return envelope.count(Verdict.LIMITED_JERK) + envelope.count(Verdict.LIMITED_ACCELERATION)
            + envelope.count(Verdict.LIMITED_VELOCITY);
    }

    /** Even straight pieces, whose corners have unlimited jerk, and jitter of the loop cost little. */
    @ParameterizedTest
    @ValueSource(longs = {2_000_000, 4_000_000})
    void shouldFollowAPiecewiseLinearReferenceInAJitteringLoop(final long period) {
        final SafetyEnvelope envelope = EnvelopeFixture.armed(period, EnvelopeFixture.READY);
        final double[] desired = EnvelopeFixture.READY.clone();
        final Random random = new Random(3);
        double late = 0;
        double weight = 0;
        long now = 0;
        while (now < 4_000_000_000L) {
            final long elapsed = period + (long) (0.2 * period * (random.nextDouble() - 0.5));
            now += elapsed;
            final double time = now * 1e-9;
            final double rows = Math.floor(time / 0.02);
            final double part = time / 0.02 - rows;
            desired[0] = EnvelopeFixture.READY[0] + (1 - part) * wave(0.02 * rows) + part * wave(0.02 * (rows + 1));
            envelope.enforce(desired, elapsed, position, velocity);
            late += (desired[0] - position[0]) * slope(time);
            weight += slope(time) * slope(time);
        }
        assertTrue(Math.abs(late / weight) < 5e-3, "late by " + late / weight + " s");
    }

    @Test
    void shouldNotAllocate() {
        final SafetyEnvelope envelope = EnvelopeFixture.armed(PERIOD, EnvelopeFixture.READY);
        final AxisLimits limits = EnvelopeFixture.limits();
        final HostileSetpoints setpoints = new HostileSetpoints(limits, new Random(5));
        final double[][] recorded = new double[2_000][];
        for (int i = 0; i < recorded.length; i++) {
            recorded[i] = setpoints.next(EnvelopeFixture.READY).clone();
        }
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 10 && bytes != 0; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < recorded.length; i++) {
                envelope.enforce(recorded[i], PERIOD, position, velocity);
            }
            envelope.decelerate(PERIOD, position, velocity);
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, bytes);
    }

    private SafetyEnvelope moving() {
        final SafetyEnvelope envelope = EnvelopeFixture.armed(PERIOD, EnvelopeFixture.READY);
        final double[] far = EnvelopeFixture.READY.clone();
        far[0] = 0.3;
        for (int i = 0; i < 80; i++) {
            envelope.enforce(far, PERIOD, position, velocity);
        }
        assertTrue(velocity[0] > 0.5);
        return envelope;
    }

    private static double wave(final double time) {
        return 0.12 * (1 - Math.cos(2 * Math.PI * time)) - 0.1 * Math.min(1, time) * Math.sin(Math.PI * time) * time;
    }

    private static double slope(final double time) {
        return (wave(time + 1e-4) - wave(time - 1e-4)) / 2e-4;
    }

    private static double cubic(final double time) {
        final double row = Math.floor(time / 0.02);
        final double u = time / 0.02 - row;
        final double before = wave(0.02 * (row - 1));
        final double from = wave(0.02 * row);
        final double to = wave(0.02 * (row + 1));
        final double after = wave(0.02 * (row + 2));
        final double leaving = (to - before) / 2;
        final double arriving = (after - from) / 2;
        final double square = u * u;
        final double cube = square * u;
        return (2 * cube - 3 * square + 1) * from + (cube - 2 * square + u) * leaving + (3 * square - 2 * cube) * to
            + (cube - square) * arriving;
    }
}
