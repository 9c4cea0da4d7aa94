package dev.continuo.hardware.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.AxisLimits;
import dev.continuo.config.ContactLimit;
import dev.continuo.hardware.kinematics.ArxChains;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever setpoints come in, the commands keep to all limits. */
class SafetyEnvelopePropertyTest {
    private static final long[] PERIODS = {1_000_000, 2_000_000, 4_000_000};
    private static final int CYCLES = 400;

    @Property(tries = 150)
    void commandsKeepToAllLimitsWhateverTheSetpoints(@ForAll final long seed) {
        final Random random = new Random(seed);
        final long period = PERIODS[random.nextInt(PERIODS.length)];
        final AxisLimits limits = EnvelopeFixture.limits();
        final double[] start = EnvelopeFixture.READY.clone();
        final SafetyEnvelope envelope = EnvelopeFixture.armed(period, start);
        final EnvelopeOracle oracle = new EnvelopeOracle(limits, EnvelopeFixture.BASE, period, start);
        final HostileSetpoints setpoints = new HostileSetpoints(limits, random);
        final double[] position = new double[7];
        final double[] velocity = new double[7];
        for (int i = 0; i < CYCLES; i++) {
            if (random.nextInt(60) == 0) {
                envelope.decelerate(period, position, velocity);
            } else {
                envelope.enforce(setpoints.next(oracle.last()), period, position, velocity);
            }
            oracle.accept(position, velocity);
        }
    }

    @Property(tries = 60)
    void aStopEndsAtRestWithinTheLongestPossibleStop(@ForAll final long seed) {
        final Random random = new Random(seed);
        final long period = PERIODS[random.nextInt(PERIODS.length)];
        final AxisLimits limits = EnvelopeFixture.limits();
        final SafetyEnvelope envelope = EnvelopeFixture.armed(period, EnvelopeFixture.READY);
        final EnvelopeOracle oracle = new EnvelopeOracle(limits, EnvelopeFixture.BASE, period, EnvelopeFixture.READY);
        final HostileSetpoints setpoints = new HostileSetpoints(limits, random);
        final double[] position = EnvelopeFixture.READY.clone();
        final double[] velocity = new double[7];
        for (int i = random.nextInt(CYCLES); i > 0; i--) {
            envelope.enforce(setpoints.next(position), period, position, velocity);
            oracle.accept(position, velocity);
        }
        // Full speed, three ramps of the acceleration, and what all axes need to end together.
        final long longest = Math.round((3 / 20.0 + 3 * 20 / 800.0) * 1e9 / period) + 16;
        for (long i = 0; i < longest && !envelope.isStanding(); i++) {
            envelope.decelerate(period, position, velocity);
            oracle.accept(position, velocity);
        }
        assertTrue(envelope.isStanding());
    }

    @Property(tries = 60)
    void anyCadenceOfCallsKeepsTheAverageSpeedWithinTheLimit(@ForAll final long seed) {
        final Random random = new Random(seed);
        final AxisLimits limits = EnvelopeFixture.limits();
        final SafetyEnvelope envelope = EnvelopeFixture.armed(2_000_000, EnvelopeFixture.READY);
        final HostileSetpoints setpoints = new HostileSetpoints(limits, random);
        final double[] position = EnvelopeFixture.READY.clone();
        final double[] velocity = new double[7];
        final double[] travelled = new double[7];
        double seconds = 0;
        for (int i = 0; i < CYCLES; i++) {
            final long elapsed = switch (random.nextInt(8)) {
                case 0 -> 0;
                case 1 -> -random.nextLong(1_000_000_000);
                case 2 -> Long.MAX_VALUE - random.nextInt(1000);
                case 3 -> random.nextLong(20_000_000);
                default -> 1_500_000 + random.nextLong(1_000_000);
            };
            final double[] before = position.clone();
            envelope.enforce(setpoints.next(before), elapsed, position, velocity);
            seconds += Math.max(0, elapsed) * 1e-9;
            for (int axis = 0; axis < 7; axis++) {
                travelled[axis] += Math.abs(position[axis] - before[axis]);
                assertTrue(travelled[axis] <= limits.velocity().at(axis) * (seconds + 0.0011), "axis " + axis + " is too fast");
                assertTrue(position[axis] >= limits.minimum().at(axis) - 1e-9 && position[axis] <= limits.maximum().at(axis) + 1e-9);
            }
        }
    }

    /** From the moment that too much is felt, or nothing is, the arm comes to rest and stays there, within all limits, whatever it is asked for. */
    @Property(tries = 60)
    void anArmThatTouchesComesToRestAndStays(@ForAll final long seed) {
        final Random random = new Random(seed);
        final long period = PERIODS[random.nextInt(PERIODS.length)];
        final AxisLimits limits = EnvelopeFixture.limits();
        final ContactGuard contact = new ContactGuard(Optional.of(new ContactLimit("wrist", 30, 4, period)));
        final SafetyEnvelope envelope = new SafetyEnvelope(limits, ArxChains.R5, EnvelopeFixture.BASE, period, contact);
        final double[] wrench = random.doubles(ContactLimit.CHANNELS, -2, 2).toArray();
        contact.feel(wrench, 0);
        contact.judge(0);
        assertTrue(envelope.reset(EnvelopeFixture.READY));
        final EnvelopeOracle oracle = new EnvelopeOracle(limits, EnvelopeFixture.BASE, period, EnvelopeFixture.READY);
        final HostileSetpoints setpoints = new HostileSetpoints(limits, random);
        final double[] position = EnvelopeFixture.READY.clone();
        final double[] velocity = new double[7];
        final long longest = Math.round((3 / 20.0 + 3 * 20 / 800.0) * 1e9 / period) + 16;
        long held = 0;
        for (long i = 1; i <= CYCLES; i++) {
            if (random.nextInt(80) == 0) {
                wrench[random.nextInt(wrench.length)] = random.nextBoolean() ? 0 : 60 * random.nextGaussian();
            }
            if (random.nextInt(100) != 0) {
                contact.feel(wrench, i * period);
            }
            held = contact.judge(i * period) == ContactGuard.Feeling.FREE ? 0 : held + 1;
            final double[] before = position.clone();
            final Verdict verdict = envelope.enforce(setpoints.next(before), period, position, velocity);
            oracle.accept(position, velocity);
            assertEquals(held > 0, verdict == Verdict.HELD_CONTACT);
            assertTrue(held <= longest || Arrays.equals(before, position), "still moves after " + held + " cycles");
        }
    }

    /** An arm that is switched on outside may only move inwards, and then is held inside for good. */
    @Property(tries = 60)
    void anArmOutsideItsLimitsIsLetInButNotFartherOut(@ForAll final long seed) {
        final Random random = new Random(seed);
        final AxisLimits limits = EnvelopeFixture.limits();
        final SafetyEnvelope envelope = new SafetyEnvelope(limits, ArxChains.R5, EnvelopeFixture.BASE, 2_000_000);
        final double[] position = EnvelopeFixture.READY.clone();
        position[3] = limits.minimum().at(3) - 0.1 * random.nextDouble();
        final double[] velocity = new double[7];
        assertTrue(envelope.reset(position));
        final HostileSetpoints setpoints = new HostileSetpoints(limits, random);
        double lowest = position[3];
        for (int i = 0; i < CYCLES; i++) {
            envelope.enforce(setpoints.next(position), 2_000_000, position, velocity);
            assertTrue(position[3] >= lowest - 0, "moved out again");
            lowest = Math.max(lowest, Math.min(position[3] - stopping(velocity[3]), limits.minimum().at(3)));
        }
    }

    /** More than a jerk-limited stop from this downward speed can take. */
    private static double stopping(final double velocity) {
        return 0.3 * Math.max(0, -velocity) + 0.02;
    }
}
