package dev.continuo.benchmarks.franka;

import dev.continuo.benchmarks.ChildJvm;
import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.simulation.franka.FciLoop;
import dev.continuo.simulation.franka.FciServer;
import dev.continuo.simulation.franka.HandServer;
import dev.continuo.simulation.franka.SimulatedFranka;
import dev.continuo.simulation.franka.SimulatedHand;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The other side of the loop: a simulated FR3, under SCHED_FIFO where that is permitted, as a real one does not share the computer. Tells its port. */
final class RobotProcess {
    private RobotProcess() {
    }

    /** Serves until its parent ends it. */
    public static void main(final String[] arguments) throws InterruptedException {
        ChildJvm.endWithParent();
        final InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        final FciServer robot = new FciServer(new SimulatedFranka(FciVersion.FR3), anyPort, _ -> { });
        final HandServer hand = new HandServer(new SimulatedHand(), anyPort, _ -> { });
        final int port = robot.address().getPort();
        try (FciLoop _ = new FciLoop(robot, hand)) {
            ChildJvm.tellReady(Integer.toString(port));
            Thread.currentThread().join();
        }
    }
}
