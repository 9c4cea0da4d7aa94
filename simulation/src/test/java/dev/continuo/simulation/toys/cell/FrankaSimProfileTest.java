package dev.continuo.simulation.toys.cell;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.AxisLimits;
import dev.continuo.config.ProfileReader;
import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.FrankaLimits;
import org.junit.jupiter.api.Test;

/** What the shipped profile lets the arm do an FR3 bears. */
class FrankaSimProfileTest {
    private static final double STEP = 0.001;

    private final AxisLimits limits = ProfileReader.read("franka-sim").arms().getFirst().limits();
    private final FrankaLimits robot = FrankaLimits.of(FciVersion.FR3);

    @Test
    void brakingBeforeTheProfilesLimitsIsAlwaysSlowEnoughForTheRobot() {
        for (int joint = 0; joint < FrankaLimits.JOINTS; joint++) {
            final double low = limits.minimum().at(joint);
            final double high = limits.maximum().at(joint);
            for (double q = low; q < high; q += STEP) {
                assertTrue(speed(joint, q - low) <= -robot.lowestVelocity(joint, q), "joint " + joint + " downwards at " + q);
                assertTrue(speed(joint, high - q) <= robot.highestVelocity(joint, q), "joint " + joint + " upwards at " + q);
            }
            assertTrue(limits.acceleration().at(joint) < robot.jointAcceleration(joint));
            assertTrue(limits.jerk().at(joint) < robot.jointJerk(joint));
        }
    }

    /** The speed from which the envelope can still stop within so much room. */
    private double speed(final int joint, final double room) {
        return Math.min(limits.velocity().at(joint), Math.sqrt(2 * limits.acceleration().at(joint) * room));
    }
}
