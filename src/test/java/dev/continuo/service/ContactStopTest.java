package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.benchmarks.faults.MotionWitness;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.config.TrialEvent;
import dev.continuo.sensors.bota.BotaPeer;
import dev.continuo.simulation.game.CardTask;
import dev.continuo.simulation.game.MathMatchingCell;
import dev.continuo.simulation.game.PlayedGame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A force-torque sensor at the left wrist, at the other end of a serial line, while the real service plays: the cell is in this process, so that its joints are watched by somebody who is not the runtime.
 */
class ContactStopTest {
    private static final int MOTION_SECONDS = 90;
    private static final int PATIENCE_SECONDS = 20;
    /** Loose, for the machine is shared with the rest of the build; the figures are printed. */
    private static final long LONGEST_STOP_MILLIS = 4_000;

    @TempDir
    private Path folder;

    private Path profile(final Path device, final String more) throws IOException {
        return Files.writeString(folder.resolve("contact.conf"), """
            extends = "arx-sim"
            bus.directory = /dev/shm/continuo-contact-%d
            cluster { control-port = 26120, brain-port = 26121, cell-port = 26122 }
            cell { enabled = false, trial-timeout = 8 s }
            definitions {
              camera-port = 8692
              left-transport.path = "%2$s/left.sock"
              right-transport.path = "%2$s/right.sock"
            }
            sensors = [
              { name = wrist, kind = bota-serial, rate-hz = 800, max-age = 100 ms, settings { device = "%3$s" } }
            ]
            arms = [
              { name = left, model = r5, rate-hz = 500, motor-timeout = 0 s
                transport = ${definitions.left-transport}
                base { x = 0, y = 0.22, z = 0, yaw = 0 }
                limits = ${definitions.r5-limits}, ready-pose = ${definitions.r5-ready}, park-pose = ${definitions.r5-park}
                contact { sensor = wrist, force = 30, torque = 5 } }
              { name = right, model = r5, rate-hz = 500, motor-timeout = 0 s
                transport = ${definitions.right-transport}
                base { x = 0, y = -0.22, z = 0, yaw = 0 }
                limits = ${definitions.r5-limits}, ready-pose = ${definitions.r5-ready}, park-pose = ${definitions.r5-park} }
            ]
            %4$s
            """.formatted(ProcessHandle.current().pid(), folder, device, more));
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void theArmsStopWhenTheWristFeelsTooMuchAndHoldWhenItFeelsNothing() throws Exception {
        try (BotaPeer wrist = new BotaPeer()) {
            final Path file = profile(wrist.path(), "");
            final Profile profile = ProfileReader.read(file.toString());
            final AtomicReference<PlayedGame<CardTask>> playing = new AtomicReference<>();
            // A scene ends after a while whatever the arms did: there is always something to do.
            final PlayedGame<CardTask> game = new MathMatchingCell().start(profile, event -> {
                if (event instanceof TrialEvent.Ended && playing.get() != null) {
                    playing.get().nextTrial();
                }
            });
            playing.set(game);
            wrist.feel(0, 0, -7, 0.1, 0, 0);
            final Path json = folder.resolve("run.json");
            try (game; LaunchedService service = LaunchedService.start(folder, "run", "--profile", file.toString(), "--json", json.toString());
                 MotionWitness witness = new MotionWitness(game.task().cell(), profile)) {
                game.nextTrial();
                // Before they are armed, arms sink: that is motion, too.
                service.awaitOutput("playing", MOTION_SECONDS);
                awaitMotion(service, witness, "at first");

                final long touchedNanos = System.nanoTime();
                wrist.feel(0, 25, -27, 0.1, 0, 0);
                service.awaitOutput("emergency stop: the left arm touches something harder than 30.0 N or 5.0 Nm", PATIENCE_SECONDS);
                System.out.printf("touch told after %d ms%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - touchedNanos));
                awaitRest(service, witness, touchedNanos, "touch");
                wrist.feel(0, 0, -7, 0.1, 0, 0);
                TimeUnit.SECONDS.sleep(2);
                final long freeNanos = System.nanoTime();
                TimeUnit.SECONDS.sleep(2);
                assertEquals(-1, witness.movingAfterMillis(freeNanos), "nobody has let it go on");
                service.keyboard().println("r\ns");
                awaitMotion(service, witness, "after it was let go on");

                final long numbNanos = System.nanoTime();
                wrist.silence(true);
                service.awaitOutput("sensor-wrist gives no new reading", PATIENCE_SECONDS);
                TimeUnit.SECONDS.sleep(3);
                wrist.silence(false);
                service.awaitOutput("sensor-wrist is well again", PATIENCE_SECONDS);
                awaitMotion(service, witness, "after it feels again");
                assertTrue(System.nanoTime() > numbNanos);
                service.interrupt();
                assertEquals(0, service.exitStatus(60), service.output());
            }
            final String counts = LaunchedService.report(json).at("/counts").toString();
            assertTrue(LaunchedService.report(json).at("/counts/sensor-wrist/received").asLong() > 1_000, counts);
        }
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void nothingStartsWithoutTheSensor() throws Exception {
        try (LaunchedService service = LaunchedService.start(folder, "run", "--profile", profile(Path.of("/dev/ttyUSB77"), "").toString())) {
            assertEquals(2, service.exitStatus(60), service.output());
            assertTrue(service.output().contains("continuo: sensor wrist: cannot open tty /dev/ttyUSB77: it does not exist"), service.output());
            assertFalse(service.output().contains("Exception"), service.output());
        }
    }

    private static void awaitMotion(final LaunchedService service, final MotionWitness witness, final String when) throws Exception {
        final long begin = System.nanoTime();
        service.await("the arms move " + when, MOTION_SECONDS, () -> witness.movingAfterMillis(begin) >= 0);
    }

    private static void awaitRest(final LaunchedService service, final MotionWitness witness, final long fromNanos, final String why) throws Exception {
        service.await("the arms rest: " + why, PATIENCE_SECONDS, () -> witness.stillAfterMillis(fromNanos) >= 0);
        final long still = witness.stillAfterMillis(fromNanos);
        System.out.printf("%-20s at rest after %d ms%n", why, still);
        assertTrue(still < LONGEST_STOP_MILLIS, why + ": at rest after " + still + " ms");
    }
}
