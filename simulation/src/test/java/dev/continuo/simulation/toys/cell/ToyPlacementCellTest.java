package dev.continuo.simulation.toys.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.CellService;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.ProfileReader;
import dev.continuo.config.TrialEvent;
import dev.continuo.hardware.franka.FrankaConnector;
import dev.continuo.hardware.franka.FrankaLink;
import dev.continuo.perception.Camera;
import dev.continuo.perception.Cameras;
import dev.continuo.perception.Frame;
import dev.continuo.simulation.game.PlayedGame;
import dev.continuo.simulation.toys.ToyPlacement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ToyPlacementCellTest {
    private static final String OTHER = "Pick the cactus and place it on top of the red block.";
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final BlockingQueue<TrialEvent> events = new LinkedBlockingQueue<>();
    @TempDir
    private Path folder;

    private Profile profile(final int robotPort, final int handPort, final int cameraPort) throws IOException {
        return ProfileReader.read(Files.writeString(folder.resolve("cell.conf"), """
            extends = "franka-sim"
            definitions { robot-port = %d, hand-port = %d, camera-port = %d }
            cell.trial-timeout = 1 s
            """.formatted(robotPort, handPort, cameraPort)).toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private <T extends TrialEvent> T event(final Class<T> type) throws InterruptedException {
        return assertInstanceOf(type, events.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void isFoundAsAServiceThatKnowsItsInstructions() {
        final CellService service = ServiceLoader.load(CellService.class).stream().map(ServiceLoader.Provider::get)
            .filter(cell -> cell.task().equals(ToyPlacement.NAME)).findFirst().orElseThrow();
        service.check(OTHER);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> service.check("Pick the moon and place it on top of the red block.")).getMessage()
            .startsWith("no \"moon\" that things can be picked; there are apple"));
    }

    @Test
    void theRobotTheCameraAndTheTrialsAreThere() throws Exception {
        final Profile profile = profile(freePort(), freePort(), freePort());
        try (PlayedGame<ToyTask> game = new ToyPlacementCell().start(profile, events::add);
             Camera camera = Cameras.open(profile.cameras().getFirst(), SystemNanoClock.INSTANCE, Duration.ofSeconds(5));
             FrankaLink link = FrankaConnector.connect((DriverProfile.Franka) profile.arms().getFirst().driver(), System::nanoTime, 5 * SECOND_NANOS)) {
            assertEquals(new TrialEvent.Started(1, profile.instruction(), 0).asked(), event(TrialEvent.Started.class).asked());
            assertTrue(link.robot().await(SECOND_NANOS), "it sends its state");
            final Frame frame = new Frame(320, 240);
            while (!camera.poll(frame)) {
                Thread.sleep(5);
            }
            game.instruction(OTHER);
            final TrialEvent.Started other = event(TrialEvent.Started.class);
            assertEquals(OTHER, other.asked(), "nothing has moved yet: the table is laid out anew at once");
            game.nextTrial();
            game.reasoning("The cactus is at (1,1),(2,2).", System.nanoTime());
            final TrialEvent.Ended ended = event(TrialEvent.Ended.class);
            assertEquals(other.number(), ended.number());
            assertTrue(ended.outcome().endsWith("time is up"), ended.outcome());
            assertEquals("The cactus is at (1,1),(2,2).", ended.reasoning());
            assertEquals(0, ended.scores().getFirst().points());
            game.nextTrial();
            final TrialEvent.Started third = event(TrialEvent.Started.class);
            game.instruction(profile.instruction());
            assertEquals(third.number(), event(TrialEvent.GivenUp.class).number(), "a trial that is played ends without a verdict");
            game.nextTrial();
            assertEquals(profile.instruction(), event(TrialEvent.Started.class).asked());
        }
    }

    @Test
    void aTakenPortIsNamedAndTheOthersAreGivenBack() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final int port = taken.getLocalPort();
            final int free = freePort();
            final int alsoFree = freePort();
            for (final Profile profile : new Profile[] {profile(port, free, alsoFree), profile(free, port, alsoFree), profile(free, alsoFree, port)}) {
                final String why = assertThrows(ProfileException.class, () -> new ToyPlacementCell().start(profile, events::add)).getMessage();
                assertTrue(why.contains(Integer.toString(port)), why);
            }
        }
    }

    @Test
    void aProfileWithOtherArmsIsRefused() throws Exception {
        final Profile arx = ProfileReader.read(Files.writeString(folder.resolve("arx.conf"), """
            extends = "arx-sim"
            task = toy-placement
            instruction = "Pick the duck and place it behind the red block."
            """).toString());
        assertEquals("the simulated cell of toy-placement has one fr3 with a hand; the profile " + arx.name() + " has other arms",
            assertThrows(ProfileException.class, () -> new ToyPlacementCell().start(arx, events::add)).getMessage());
    }
}
