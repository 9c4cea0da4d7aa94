package dev.continuo.hardware.kinematics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.can.AllocatedBytes;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PoseTrackingTest {
    private static final double[] READY = {0, -Math.PI / 4, 0, -3 * Math.PI / 4, 0, Math.PI / 2, Math.PI / 4};

    private final PoseTracking tracking = new PoseTracking(FrankaChains.FR3);
    private final ForwardKinematics forward = new ForwardKinematics(FrankaChains.FR3);
    private final Pose target = new Pose();
    private final Pose reached = new Pose();

    private void lookAt(final double[] position, final Pose pose) {
        forward.update(position);
        forward.toolPose(pose);
    }

    @Test
    void aPoseNearbyIsReachedOnTheShortestWay() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 500; trial++) {
            final double[] other = READY.clone();
            for (int i = 0; i < other.length; i++) {
                other[i] += random.nextDouble(-0.05, 0.05);
            }
            lookAt(other, target);
            final double[] position = READY.clone();
            assertTrue(tracking.track(target, position));
            lookAt(position, reached);
            assertEquals(0, target.distance(reached), 1e-8);
            assertEquals(0, target.angle(reached), 1e-7);
            assertTrue(length(READY, position) <= 1.02 * length(READY, other), length(READY, position) + " of " + length(READY, other));
        }
    }

    private static double length(final double[] from, final double[] to) {
        double sum = 0;
        for (int i = 0; i < from.length; i++) {
            sum += (to[i] - from[i]) * (to[i] - from[i]);
        }
        return Math.sqrt(sum);
    }

    @Test
    void theElbowGoesWhereItIsTold() {
        lookAt(READY, target);
        final double[] position = READY.clone();
        for (double elbow = 0; elbow < 0.5; elbow += 0.01) {
            assertTrue(tracking.track(target, 2, elbow, position));
            assertEquals(elbow, position[2], 1e-8);
            lookAt(position, reached);
            assertEquals(0, target.distance(reached), 1e-8);
        }
        assertTrue(Math.abs(position[0]) > 0.1, "the others make room");
    }

    @Test
    void whatIsOutOfReachIsNotReached() {
        lookAt(READY, target);
        target.position[0] += 2;
        assertFalse(tracking.track(target, READY.clone()));
    }

    @Test
    void anArmThatIsStretchedOutIsSingular() {
        assertTrue(tracking.manipulability(READY) > 0.05);
        assertEquals(0, tracking.manipulability(new double[] {0, 0, 0, 0, 0, 0, 0}), 1e-6);
    }

    @Test
    void nothingAllocates() {
        lookAt(READY, target);
        final double[] position = READY.clone();
        assertEquals(0, AllocatedBytes.over(5_000, 1_000, () -> {
            target.position[1] += 1e-6;
            tracking.track(target, position);
            tracking.track(target, 2, position[2], position);
        }));
    }
}
