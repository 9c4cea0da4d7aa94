package dev.continuo.simulation.game;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.CameraProfile;
import dev.continuo.config.CellProfile;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.CellService;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.ProfileReader;
import dev.continuo.config.TransportProfile;
import dev.continuo.config.TrialEvent;
import dev.continuo.perception.Camera;
import dev.continuo.perception.Cameras;
import dev.continuo.perception.Frame;
import dev.continuo.simulation.task.MathMatching;
import dev.continuo.simulation.task.Split;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class MathMatchingCellTest {
    private final BlockingQueue<TrialEvent> events = new LinkedBlockingQueue<>();
    @TempDir
    private Path folder;

    private Profile profile(final int cameraPort) {
        final Profile shipped = ProfileReader.read("arx-sim");
        final List<ArmProfile> arms = shipped.arms().stream().map(arm -> arm.withDriver(
            new DriverProfile.Arx(arm.model(), new TransportProfile.LocalSocket(folder.resolve(arm.name())), 0))).toList();
        final CameraProfile camera =
            new CameraProfile("top", URI.create("http://127.0.0.1:" + cameraPort + "/top"), 320, 240, 30, 1_000_000_000L);
        return shipped.withArms(arms).withCameras(List.of(camera)).withCell(new CellProfile(true, 1, "in-domain", cameraPort, 300_000_000L));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private <T extends TrialEvent> T event(final Class<T> type) throws InterruptedException {
        return assertInstanceOf(type, events.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void isFoundAsAService() {
        assertTrue(ServiceLoader.load(CellService.class).stream().anyMatch(p -> p.get().task().equals(MathMatching.NAME)));
    }

    @Test
    void trialsFollowOneAnotherAndAreSeenByTheCamera() throws Exception {
        final Profile profile = profile(freePort());
        try (CellService.Running game = new MathMatchingCell().start(profile, events::add);
            Camera camera = Cameras.open(profile.cameras().getFirst(), SystemNanoClock.INSTANCE, Duration.ofSeconds(2))) {
            final TrialEvent.Started first = event(TrialEvent.Started.class);
            assertEquals(1, first.number());
            assertEquals(MathMatching.trials(Split.IN_DOMAIN, 1).getFirst().equation().text(), first.asked());
            final Frame frame = new Frame(320, 240);
            while (!camera.poll(frame)) {
                Thread.sleep(5);
            }
            assertTrue(frame.capturedAtNanos >= first.atNanos() && frame.capturedAtNanos <= System.nanoTime());
            Thread.sleep(500);
            assertTrue(events.isEmpty(), "the first trial's time does not run while the arms stand still");

            game.reasoning("The board shows 9-9. Next action:", first.atNanos() - 1);
            game.reasoning("The board shows " + first.asked() + ". Next action:", frame.capturedAtNanos);
            game.reasoning("The board shows 1+1. Next action:", frame.capturedAtNanos);
            game.nextTrial();
            final TrialEvent.Ended ended = event(TrialEvent.Ended.class);
            assertFalse(ended.success());
            assertEquals(3, ended.scores().getFirst().points(), "numbers and sign, of the first reasoning about this trial");
            assertEquals(0, ended.scores().getLast().points());
            assertTrue(ended.outcome().endsWith("time is up"), ended.outcome());

            game.nextTrial();
            assertEquals(2, event(TrialEvent.Started.class).number());
            assertEquals(2, event(TrialEvent.Ended.class).number());
        }
    }

    @Test
    void aTakenCameraPortGivesTheSocketsBack() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int attempt = 0; attempt < 2; attempt++) {
                final ProfileException refusal = assertThrows(
                    ProfileException.class, () -> new MathMatchingCell().start(profile(taken.getLocalPort()), events::add));
                assertTrue(refusal.getMessage().contains("camera port " + taken.getLocalPort()), refusal.getMessage());
            }
        }
    }
}
