package dev.continuo.hardware.kinematics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.continuo.config.BasePose;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What a control or simulation cycle calls must not allocate. */
class KinematicsAllocationTest {
    private static final int CYCLES = 2_000;

    @Test
    void kinematicsAndDynamicsDoNotAllocate() {
        final ArxKinematics kinematics = new ArxKinematics(ArxChains.R5);
        final ChainDynamics dynamics = new ChainDynamics(ArxChains.R5, ArxChains.DRIVE);
        final Pose pose = new Pose();
        final Pose target = new Pose();
        final PoseFollower follower = new PoseFollower(FrankaChains.FR3, new BasePose(0, 0, 0, 0), new double[] {0, -0.8, 0, -2.4, 0, 1.6, 0.8});
        final double[] franka = {0, -0.8, 0, -2.4, 0, 1.6, 0.8, 0.05};
        final double[] row = new double[10];
        final Pose read = new Pose();
        final double[] position = {0, 1.3, 1.2, -1.4, 0, 0};
        final double[] velocity = new double[6];
        final double[] torque = new double[6];
        final double[] matrix = new double[36];
        final Runnable cycle = () -> {
            kinematics.toolPose(position, pose);
            kinematics.jacobian(position, matrix);
            kinematics.solve(target.set(0.3, 0.05, 0.05, 0, Math.PI / 2, 0), position);
            dynamics.torques(position, torque);
            follower.toolPose(franka, read);
            PoseRow.write(read, 0.05, row, 0);
            row[0] += 1e-3;
            PoseRow.read(row, read);
            follower.follow(read, franka);
            dynamics.step(position, velocity, torque, torque, 0);
        };
        assertEquals(0, allocatedBytes(cycle));
    }

    private static long allocatedBytes(final Runnable cycle) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().threadId();
        long bytes = Long.MAX_VALUE;
        // The first rounds may allocate while classes load and the compiler works; a later one must be clean.
        for (int round = 0; round < 10 && bytes != 0; round++) {
            final long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < CYCLES; i++) {
                cycle.run();
            }
            bytes = threads.getThreadAllocatedBytes(thread) - before;
        }
        return bytes;
    }
}
