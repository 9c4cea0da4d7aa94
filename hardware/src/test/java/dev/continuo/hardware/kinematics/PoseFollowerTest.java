package dev.continuo.hardware.kinematics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.BasePose;
import dev.continuo.config.DriverProfile;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PoseFollowerTest {
    private static final SerialChain CHAIN = FrankaChains.of(new DriverProfile.Franka("fr3", "none", 1, OptionalInt.of(2), 100, Optional.empty()));
    private static final BasePose BASE = new BasePose(-0.1, 0.2, 0.02, 0.4);
    private static final double[] READY = {0, -Math.PI / 4, 0, -3 * Math.PI / 4, 0, Math.PI / 2, Math.PI / 4};
    /** What an arm goes through in a millisecond at its fastest, rad, several times over. */
    private static final double SMOOTH = 0.02;

    private final PoseFollower follower = new PoseFollower(CHAIN, BASE, READY);
    private final Pose target = new Pose();
    private final Pose there = new Pose();
    private final double[] joints = READY.clone();

    /** Walks the tool along a closed way of a quarter of a metre across that also turns it; how far it was off at worst, metres. */
    private double walk(final int cycles) {
        follower.toolPose(READY, there);
        final Pose begin = new Pose().set(there);
        final double[] before = new double[READY.length];
        double worst = 0;
        for (int cycle = 0; cycle < cycles; cycle++) {
            final double angle = 2 * Math.PI * cycle / cycles;
            target.set(begin);
            target.position[0] += 0.12 * (Math.cos(angle) - 1);
            target.position[1] += 0.12 * Math.sin(angle);
            target.position[2] += 0.08 * Math.sin(2 * angle);
            turn(target, 0.5 * Math.sin(angle));
            System.arraycopy(joints, 0, before, 0, before.length);
            follower.follow(target, joints);
            for (int i = 0; i < before.length; i++) {
                assertTrue(Math.abs(joints[i] - before[i]) < SMOOTH, "joint " + i + " jumps in cycle " + cycle);
            }
            follower.toolPose(joints, there);
            worst = Math.max(worst, there.distance(target));
        }
        return worst;
    }

    private static void turn(final Pose pose, final double radians) {
        final double[] r = pose.rotation.clone();
        final double c = Math.cos(radians);
        final double s = Math.sin(radians);
        for (int column = 0; column < 3; column++) {
            pose.rotation[column] = c * r[column] - s * r[3 + column];
            pose.rotation[3 + column] = s * r[column] + c * r[3 + column];
        }
    }

    @Test
    void theToolKeepsToAMovingPoseAndTheElbowComesBack() {
        double worst = 0;
        for (int lap = 0; lap < 3; lap++) {
            worst = Math.max(worst, walk(4_000));
        }
        assertTrue(worst < 1e-4, "off by " + worst + " m");
        for (int i = 0; i < 8_000; i++) {
            follower.follow(target, joints);
        }
        for (int i = 0; i < READY.length; i++) {
            assertEquals(READY[i], joints[i], 0.01, "joint " + i + " is back where it began");
        }
    }

    @Test
    void aPoseOutOfReachIsApproachedWithoutHaste() {
        final double[] before = new double[READY.length];
        follower.toolPose(READY, target);
        target.position[0] = BASE.x() + 2 * Math.cos(BASE.yawRadians());
        target.position[1] = BASE.y() + 2 * Math.sin(BASE.yawRadians());
        boolean met = true;
        for (int i = 0; i < 3_000; i++) {
            System.arraycopy(joints, 0, before, 0, before.length);
            met = follower.follow(target, joints);
            for (int k = 0; k < before.length; k++) {
                assertTrue(Double.isFinite(joints[k]) && Math.abs(joints[k] - before[k]) <= PoseFollower.LONGEST_STEP + 1e-12);
                assertTrue(joints[k] >= CHAIN.minimum(k) && joints[k] <= CHAIN.maximum(k), "joint " + k + " within its limits");
            }
        }
        assertFalse(met);
        follower.toolPose(joints, there);
        final double reach = Math.hypot(there.x() - BASE.x(), there.y() - BASE.y());
        assertTrue(reach > 0.6, "stretched out to " + reach + " m");
        for (int k = 0; k < before.length; k++) {
            assertEquals(before[k], joints[k], 5e-3, "joint " + k + " has come to rest");
        }
    }

    @Test
    void anyPoseThatTheArmCanTakeIsFoundFromItsNeighbourhood() {
        final SplittableRandom random = new SplittableRandom(7);
        int met = 0;
        for (int trial = 0; trial < 500; trial++) {
            final double[] goal = READY.clone();
            for (int i = 0; i < goal.length; i++) {
                joints[i] = READY[i] + random.nextDouble(-0.4, 0.4);
                goal[i] = joints[i] + random.nextDouble(-0.15, 0.15);
            }
            follower.toolPose(goal, target);
            boolean there = false;
            for (int cycle = 0; cycle < 100 && !there; cycle++) {
                there = follower.follow(target, joints);
            }
            met += there ? 1 : 0;
        }
        assertTrue(met >= 498, met + " of 500");
    }
}
