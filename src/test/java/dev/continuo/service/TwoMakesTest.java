package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.simulation.franka.FciLoop;
import dev.continuo.simulation.franka.FciServer;
import dev.continuo.simulation.franka.HandServer;
import dev.continuo.simulation.franka.SimulatedFranka;
import dev.continuo.simulation.franka.SimulatedHand;
import dev.continuo.simulation.game.MathMatchingCell;
import dev.continuo.simulation.game.CardTask;
import dev.continuo.simulation.game.PlayedGame;
import dev.continuo.supervision.RandomModel;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An ARX arm and a Franka in one cell, each at its own rate: the real service against both arms' simulated ends in this process, with a model that sways
 * all axes about their ready poses.
 */
class TwoMakesTest {
    private static final int ARX_RATE_HZ = 500;
    private static final int FRANKA_RATE_HZ = 1000;
    private static final int SECONDS = 45;
    private static final int START_SECONDS = 20;
    private static final int PATIENCE_SECONDS = 150;
    /** The machine is shared with the rest of the build; {@code bench loop} and {@code bench franka} measure. */
    private static final double LEAST_SHARE = 0.7;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void anArxAndAFrankaRunSideBySideEachAtItsOwnRate() throws Exception {
        final Profile cell = ProfileReader.read(Files.writeString(folder.resolve("cell.conf"), """
            extends = "arx-sim"
            cell { enabled = false, trial-timeout = 60 s }
            definitions {
              camera-port = 8491
              left-transport.path = "%1$s/left.sock"
              right-transport.path = "%1$s/right.sock"
            }
            """.formatted(folder)).toString());
        final PlayedGame<CardTask> game = new MathMatchingCell().start(cell, event -> { });
        final FciServer robot = new FciServer(new SimulatedFranka(FciVersion.FR3), new InetSocketAddress("127.0.0.1", 0), System.out::println);
        final HandServer hand = new HandServer(new SimulatedHand(), new InetSocketAddress("127.0.0.1", 0), System.out::println);
        try (game; FciLoop _ = new FciLoop(robot, hand)) {
            game.nextTrial();
            final JsonNode report = run(profile(robot.address().getPort(), hand.address().getPort()));
            System.out.println(report.at("/arms") + " " + report.at("/commands") + " " + report.at("/events"));
            final double seconds = report.at("/seconds").asDouble();
            final double arx = assertRate(report, "left", ARX_RATE_HZ, seconds);
            final double franka = assertRate(report, "helper", FRANKA_RATE_HZ, seconds);
            assertEquals(1, franka / arx, 0.1, "neither waits for the other");
            assertTrue(report.at("/latency/observation-age/count").asLong() > 1_000, "both arms played chunks: " + report.at("/latency"));
        }
    }

    /** For how many seconds' worth of ticks an arm ran, which begins when the model is loaded and the code warm. */
    private static double assertRate(final JsonNode report, final String arm, final int rateHz, final double seconds) {
        final long ticks = report.at("/arms/" + arm + "/ticks").asLong();
        assertTrue(ticks > LEAST_SHARE * rateHz * (seconds - START_SECONDS) && ticks < 1.05 * rateHz * seconds,
            arm + ": " + ticks + " ticks in " + seconds + " s at " + rateHz + " Hz");
        return (double) ticks / rateHz;
    }

    private JsonNode run(final Path profile) throws Exception {
        RandomModel.write(LaunchedService.HOME.resolve("models/nano"), folder.resolve("model"), ProfileReader.read(profile.toString()), 1);
        final Path json = folder.resolve("run.json");
        try (LaunchedService service = LaunchedService.start(folder, "run", "--profile", profile.toString(), "--for", SECONDS + "s", "--json", json.toString())) {
            assertEquals(0, service.exitStatus(PATIENCE_SECONDS), service.output());
            System.out.println(service.output());
        }
        return LaunchedService.report(json);
    }

    private Path profile(final int robotPort, final int handPort) throws Exception {
        return Files.writeString(folder.resolve("two-makes.conf"), """
            extends = "arx-sim"
            bus.directory = /dev/shm/continuo-makes-%d
            cluster { control-port = 25820, brain-port = 25821, cell-port = 25822 }
            cell.enabled = false
            model.directory = "%s/model"
            definitions.camera-port = 8491
            arms = [
              { name = left, model = r5, rate-hz = %d, motor-timeout = 0 s
                transport { kind = local-socket, path = "%s/left.sock" }
                base { x = 0, y = 0.22, z = 0, yaw = 0 }
                limits = ${definitions.r5-limits}, ready-pose = ${definitions.r5-ready}, park-pose = ${definitions.r5-park} }
              { name = helper, model = fr3, host = 127.0.0.1, port = %d, hand = true, hand-port = %d
                base { x = -0.3, y = -0.6, z = 0, yaw = 0 }
                limits {
                  minimum      = [-2.7, -1.6, -2.7, -2.9, -2.6, 0.6, -2.8, 0.0]
                  maximum      = [ 2.7,  1.6,  2.7, -0.3,  2.6, 4.4,  2.8, 0.08]
                  velocity     = [1.5, 1.5, 1.5, 1.5, 2.5, 2.5, 2.5, 0.1]
                  acceleration = [8, 8, 8, 8, 8, 8, 8, 1.0]
                  jerk         = [1000, 1000, 1000, 1000, 1000, 1000, 1000, 50]
                  workspace { min-x = -0.5, max-x = 0.6, min-y = -1.2, max-y = 0.0, min-z = 0.0, max-z = 1.0 }
                }
                ready-pose = [0, -0.7854, 0, -2.3562, 0, 1.5708, 0.7854, 0.07], park-pose = [0, -0.7854, 0, -2.3562, 0, 1.5708, 0.7854, 0.05] }
            ]
            """.formatted(ProcessHandle.current().pid(), folder, ARX_RATE_HZ, folder, robotPort, handPort));
    }
}
