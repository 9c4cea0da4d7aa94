package dev.continuo.simulation.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ProfileException;
import dev.continuo.hardware.Arm;
import dev.continuo.hardware.arx.ArxArm;
import dev.continuo.hardware.arx.ArxModel;
import dev.continuo.hardware.arx.ArxSettings;
import dev.continuo.hardware.can.LocalSocketCanBus;
import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ChainDynamics;
import dev.continuo.simulation.physics.ArmModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        try (CellServer server = new CellServer(ArmModel.R5, 1, paths, pose, SystemNanoClock.INSTANCE);
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
    void aTakenSocketIsToldInOneLine() {
        final List<Path> paths = List.of(folder.resolve("left.sock"), folder.resolve("right.sock"));
        try (CellServer first = new CellServer(ArmModel.R5, 1, paths, new Reach().ready(), SystemNanoClock.INSTANCE)) {
            first.start();
            final ProfileException taken = assertThrows(ProfileException.class,
                () -> new CellServer(ArmModel.R5, 1, paths, new Reach().ready(), SystemNanoClock.INSTANCE));
            assertTrue(taken.getMessage().contains("left.sock"), taken.getMessage());
        }
    }
}
