package dev.continuo.actors.bus;

import dev.continuo.actors.message.Messages;
import dev.continuo.config.BusProfile;
import dev.continuo.config.ProfileException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class AeronBusTest extends BusContract {
    private static BusProfile profile;
    private static AeronBus bus;

    @BeforeAll
    static void launch() throws IOException {
        final Path shared = Path.of("/dev/shm");
        final Path folder = Files.isWritable(shared) ? Files.createTempDirectory(shared, "continuo-bus-test-")
            : Files.createTempDirectory("continuo-bus-test-");
        profile = new BusProfile(folder, "aeron:ipc", 8 * 1024 * 1024);
        bus = AeronBus.launch(profile, Throwable::printStackTrace);
    }

    @AfterAll
    static void close() {
        bus.close();
        assertFalse(Files.exists(profile.directory()), "the driver's folder is removed");
    }

    @Override
    Bus bus() {
        return bus;
    }

    @Test
    void secondClientHearsTheFirstAndSurvivesItsDeparture() {
        final AeronBus other = AeronBus.connect(profile, Throwable::printStackTrace);
        final NewestSubscription newest = new NewestSubscription(bus.subscription(StreamId.REASONING), 1, 4096);
        final BusPublication publication = other.publication(StreamId.REASONING);
        until(publication::isConnected);
        publication.offer(scratch, 0, Messages.reasoning(scratch, "Pick 3", new float[8], 7, 10));
        until(() -> newest.poll(100) > 0 && newest.at(0).take());
        assertEquals(7, newest.at(0).sequence());
        other.close();
        until(() -> {
            newest.poll(100);
            return newest.subscription().lostPublishers().get() == 1;
        });

        try (AeronBus restarted = AeronBus.connect(profile, Throwable::printStackTrace)) {
            final BusPublication again = restarted.publication(StreamId.REASONING);
            until(again::isConnected);
            again.offer(scratch, 0, Messages.reasoning(scratch, "Pick 4", new float[8], 1, 20));
            until(() -> newest.poll(100) > 0 && newest.at(0).take());
            assertEquals(1, newest.at(0).sequence(), "a restarted publisher counts from 1 again and is still the newest");
        }
        newest.close();
    }

    @Test
    void hangingSubscriberIsLeftBehind() {
        final BusSubscription hanging = bus.subscription(StreamId.HEARTBEAT);
        final NewestSubscription lively = new NewestSubscription(bus.subscription(StreamId.HEARTBEAT), 1, 32 * 1024);
        final BusPublication publication = connected(StreamId.HEARTBEAT, hanging, lively.subscription());
        final int length = 16 * 1024;
        until(() -> publication.offer(scratch, 0, length) == Delivery.BACK_PRESSURED);
        final long sentBefore = publication.sent().get();
        until(() -> {
            publication.offer(scratch, 0, length);
            lively.poll(1);
            return publication.sent().get() > sentBefore + 100;
        });
        hanging.close();
        lively.close();
        publication.close();
    }

    @Test
    void folderIsClosedToOthers() throws IOException {
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(profile.directory())));
    }

    @Test
    void takenFolderIsRefusedInOneLine() {
        final ProfileException refusal = assertThrows(
            ProfileException.class, () -> AeronBus.launch(profile, Throwable::printStackTrace));
        assertTrue(refusal.getMessage().startsWith("bus.directory " + profile.directory()), refusal.getMessage());
        assertEquals(1, refusal.getMessage().lines().count());
    }
}
