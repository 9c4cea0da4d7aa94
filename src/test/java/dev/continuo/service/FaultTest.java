package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.config.TrialEvent;
import dev.continuo.simulation.camera.MjpegServer;
import dev.continuo.simulation.game.MathMatchingCell;
import dev.continuo.simulation.game.CardTask;
import dev.continuo.simulation.game.PlayedGame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of the hardware while the real service plays: the cell stands where hardware stands, in this process, so that its camera and its
 * buses can be made to fail and its joints be watched by somebody who is not the runtime. Bounds are loose, for the machine is shared with
 * the rest of the build; the figures are printed.
 */
class FaultTest {
    private static final int MOTION_SECONDS = 90;
    private static final int FAULT_SECONDS = 5;
    private static final long LONGEST_HOLD_MILLIS = 4_000;
    private static final long LONGEST_RECOVERY_MILLIS = 20_000;
    /** A motor is asked for its speed in steps of some hundredths of a radian per second. */
    private static final double COMMANDED = 1.03;
    /** An arm with mass swings past a command, the more so where a busy machine lets the next one come late. */
    private static final double SWING = 2.5;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void theArmsHoldUnderEachFaultAndPlayOnAfterIt() throws Exception {
        final Profile profile = ProfileReader.read(Files.writeString(folder.resolve("faults.conf"), """
            extends = "arx-sim"
            bus.directory = /dev/shm/continuo-faults-%d
            cluster { control-port = 25720, brain-port = 25721, cell-port = 25722 }
            cell { enabled = false, trial-timeout = 8 s }
            definitions {
              camera-port = 8391
              left-transport.path = "%2$s/left.sock"
              right-transport.path = "%2$s/right.sock"
            }
            """.formatted(ProcessHandle.current().pid(), folder)).toString());
        final AtomicReference<PlayedGame<CardTask>> playing = new AtomicReference<>();
        // A scene ends after a while whatever the arms did: there is always something to do.
        final PlayedGame<CardTask> game = new MathMatchingCell().start(profile, event -> {
            if (event instanceof TrialEvent.Ended && playing.get() != null) {
                playing.get().nextTrial();
            }
        });
        playing.set(game);
        try (game; LaunchedService service = LaunchedService.start(folder, "run", "--profile", folder.resolve("faults.conf").toString(), "--for", "280s");
             MotionWitness witness = new MotionWitness(game.task().cell(), profile)) {
            game.nextTrial();
            final long begin = System.nanoTime();
            service.await("the arms move", MOTION_SECONDS, () -> witness.movingAfterMillis(begin) >= 0);
            TimeUnit.SECONDS.sleep(3);
            for (final MjpegServer.Fault fault : new MjpegServer.Fault[] {
                MjpegServer.Fault.FROZEN, MjpegServer.Fault.CUT, MjpegServer.Fault.GARBAGE}) {
                play(service, "camera " + fault, witness, true, () -> game.camera().fault(fault), () -> game.camera().fault(MjpegServer.Fault.NONE));
            }
            for (final String news : new String[] {"camera-top gives no new picture", "camera-top is not connected", "camera-top is well again"}) {
                assertTrue(service.output().contains(news), news + ": " + service.output());
            }
            play(service, "left bus silent", witness, true, () -> game.task().cell().submit(cell -> cell.bus(0).faults().dead(true)),
                () -> game.task().cell().submit(cell -> cell.bus(0).faults().dead(false)));
            // Foreign frames are counted and passed over: there is no need to stop for them.
            play(service, "right bus garbage", witness, false, () -> game.task().cell().submit(cell -> cell.bus(1).faults().garbage(FAULT_SECONDS * 1_000)),
                () -> { });
            assertTrue(service.isAlive(), service.output());
            System.out.printf("highest joint speed: commanded %.2f, reached %.2f of its limit%n",
                witness.highestCommandedShareOfLimit(), witness.highestShareOfLimit());
            assertTrue(witness.highestCommandedShareOfLimit() < COMMANDED,
                "a joint was sent at " + witness.highestCommandedShareOfLimit() + " of the speed that it is allowed");
            assertTrue(witness.highestShareOfLimit() < SWING,
                "a joint reached " + witness.highestShareOfLimit() + " of the speed that it is allowed");
        }
    }

    private static void play(final LaunchedService service, final String name, final MotionWitness witness, final boolean holds, final Runnable on,
        final Runnable off) throws Exception {
        final long begin = System.nanoTime();
        service.await("the arms move before: " + name, MOTION_SECONDS, () -> witness.movingAfterMillis(begin) >= 0);
        final long faultNanos = System.nanoTime();
        on.run();
        TimeUnit.SECONDS.sleep(FAULT_SECONDS);
        final long still = witness.stillAfterMillis(faultNanos);
        final long endNanos = System.nanoTime();
        off.run();
        service.await("the arms move after: " + name, MOTION_SECONDS, () -> witness.movingAfterMillis(endNanos) >= 0);
        final long moving = witness.movingAfterMillis(endNanos);
        System.out.printf("%-20s at rest after %d ms, in motion again %d ms after its end%n", name, still, moving);
        if (holds) {
            assertTrue(still >= 0 && still < LONGEST_HOLD_MILLIS, name + ": at rest after " + still + " ms");
        }
        assertTrue(moving < LONGEST_RECOVERY_MILLIS, name + ": in motion again after " + moving + " ms");
    }
}
