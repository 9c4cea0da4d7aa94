package dev.continuo.simulation.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.ProfileReader;
import dev.continuo.hardware.Arm;
import dev.continuo.hardware.arx.ArxArm;
import dev.continuo.hardware.arx.ArxModel;
import dev.continuo.hardware.arx.ArxSettings;
import dev.continuo.hardware.can.LocalSocketCanBus;
import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ChainDynamics;
import dev.continuo.simulation.physics.ArmModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CellServerTest {
    private static final long PERIOD_NANOS = 4_000_000L;

    @TempDir
    private Path folder;

    @Test
    void aDriverInRealTimeFindsArmsAndHoldsThemOverTheSockets() {
        final double[] pose = new Reach().ready();
        final List<Path> paths = List.of(folder.resolve("left.sock"), folder.resolve("right.sock"));
        final List<Optional<Path>> sockets = paths.stream().map(Optional::of).toList();
        try (CellServer server = new CellServer(ArmModel.R5, 1, sockets, pose, SystemNanoClock.INSTANCE);
            ArxArm arm = new ArxArm("right", ArxModel.R5.forPaths(), new LocalSocketCanBus(paths.getLast()), new ChainDynamics(ArxChains.R5),
                ArxSettings.atRate(250))) {
            server.start();
            final double[] target = java.util.Arrays.copyOfRange(pose, 7, 14);
            final long start = System.nanoTime();
            while (arm.mode() != Arm.Mode.HOLDING && System.nanoTime() - start < 20_000_000_000L) {
                final long now = System.nanoTime();
                arm.poll(now);
                if (arm.mode() == Arm.Mode.DAMPING) {
                    arm.arm(now);
                }
                arm.command(now, target, new double[7]);
                LockSupport.parkNanos(PERIOD_NANOS - (System.nanoTime() - now));
            }
            assertEquals(Arm.Mode.HOLDING, arm.mode(), arm.fault());
            target[0] += 0.1;
            for (int i = 0; i < 250; i++) {
                final long now = System.nanoTime();
                arm.poll(now);
                arm.command(now, target, new double[7]);
                LockSupport.parkNanos(PERIOD_NANOS - (System.nanoTime() - now));
            }
            final CellState seen = new CellState();
            server.snapshot(seen);
            assertEquals(target[0], seen.joints[7], 0.03);
            assertTrue(seen.timeNanos > 1_000_000_000L, "the cell's clock ran: " + seen.timeNanos);
            server.submit(cell -> cell.layOut(Layout.nominal(9, 8, 7)));
            LockSupport.parkNanos(200_000_000L);
            server.snapshot(seen);
            assertEquals(9, seen.values[0]);
        }
        assertFalse(Files.exists(paths.getFirst()), "sockets are removed");
    }

    @Test
    void anArmOfAPluginLiesOnItsStand() throws IOException {
        final Profile profile = ProfileReader.read(Files.writeString(folder.resolve("own.conf"), """
            extends = arx-sim
            definitions.right-transport.path = "%s"
            arms = [
              { name = left, model = of-a-plugin, rate-hz = 100, base { x = 0, y = 0, z = 0, yaw = 0 }, ready-pose = [0.5, 0.5, 0], park-pose = [0, 0, 0]
                limits { minimum = [-1, -1, 0], maximum = [1, 1, 1], velocity = [1, 1, 1], acceleration = [1, 1, 1], jerk = [1, 1, 1], workspace = ${definitions.r5-limits.workspace} } }
              { name = right, model = r5, rate-hz = 500, motor-timeout = 0 s, transport = ${definitions.right-transport}, base { x = 0, y = -0.22, z = 0, yaw = 0 }
                limits = ${definitions.r5-limits}, ready-pose = ${definitions.r5-ready}, park-pose = ${definitions.r5-park} }
            ]
            """.formatted(folder.resolve("right.sock"))).toString());
        try (CellServer server = CellServer.of(profile, SystemNanoClock.INSTANCE)) {
            assertTrue(Files.exists(folder.resolve("right.sock")));
            server.start();
            final CellState seen = new CellState();
            final long start = System.nanoTime();
            while (seen.timeNanos < 500_000_000L && System.nanoTime() - start < 20_000_000_000L) {
                LockSupport.parkNanos(PERIOD_NANOS);
                server.snapshot(seen);
            }
            assertTrue(seen.timeNanos >= 500_000_000L, "the cell's clock runs");
            for (int axis = 0; axis < 6; axis++) {
                assertEquals(0, seen.joints[axis], 0.02, "axis " + axis);
                assertEquals(profile.arms().getLast().readyPose().at(axis), seen.joints[7 + axis], 0.02, "axis " + axis);
            }
        }
    }

    @Test
    void aTakenSocketIsToldInOneLine() {
        final List<Path> paths = List.of(folder.resolve("left.sock"), folder.resolve("right.sock"));
        final List<Optional<Path>> sockets = paths.stream().map(Optional::of).toList();
        try (CellServer first = new CellServer(ArmModel.R5, 1, sockets, new Reach().ready(), SystemNanoClock.INSTANCE)) {
            first.start();
            final ProfileException taken = assertThrows(ProfileException.class,
                () -> new CellServer(ArmModel.R5, 1, sockets, new Reach().ready(), SystemNanoClock.INSTANCE));
            assertTrue(taken.getMessage().contains("left.sock"), taken.getMessage());
        }
    }
}
